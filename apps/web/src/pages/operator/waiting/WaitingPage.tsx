import { useState } from "react";
import { useSend } from "../../../data";
import { useT } from "../../../i18n";
import { Button, Card, Confirm, Empty, Loaded, Notice, Page, State, useToast } from "../../../ui";
import type { Due } from "./due";
import { ReviewsTable } from "./ReviewsTable";
import { TasksTable } from "./TasksTable";
import type { Task } from "./tasks";
import { useDue } from "./useDue";

/** As many go together as a keeper sends. */
const AT_ONCE = 10;

/** What waits and why, with a button where anyone may call it. */
export function WaitingPage() {
  const t = useT();
  const { due, deeper } = useDue();
  const [asking, setAsking] = useState<readonly Task[]>();
  return (
    <Page title={t("operator.waiting.title")} lead={t("operator.waiting.lead")}>
      <Loaded of={due} failed={t("operator.waiting.failed")}>
        {(found) => (
          <div className="stack">
            <Tasks of={found} onAsk={setAsking} />
            <Card
              title={t("operator.reviews.title")}
              aside={
                <State level={found.reviews.length === 0 ? "good" : "warning"}>
                  {t("operator.reviews.count", { count: found.reviews.length })}
                </State>
              }
            >
              <p>{t("operator.reviews.text")}</p>
              <ReviewsTable of={found.reviews} />
            </Card>
            <Looked of={found} onDeeper={deeper} />
          </div>
        )}
      </Loaded>
      <CallTasks tasks={asking} onClose={() => setAsking(undefined)} />
    </Page>
  );
}

function Tasks({ of, onAsk }: { of: Due; onAsk(tasks: readonly Task[]): void }) {
  const t = useT();
  const { tasks } = of;
  const several = tasks.slice(0, AT_ONCE);
  return (
    <Card
      title={t("operator.tasks.title")}
      aside={
        <State level={tasks.length === 0 ? "good" : "watch"}>
          {t("operator.tasks.count", { count: tasks.length })}
        </State>
      }
      actions={
        several.length > 1 && (
          <Button onClick={() => onAsk(several)}>{t("operator.tasks.several", { count: several.length })}</Button>
        )
      }
    >
      <p>{t("operator.tasks.text")}</p>
      {tasks.length === 0 ? (
        <Empty title={t("operator.tasks.none")} />
      ) : (
        <TasksTable of={tasks} onAsk={(task) => onAsk([task])} />
      )}
    </Card>
  );
}

function Looked({ of, onDeeper }: { of: Due; onDeeper(): void }) {
  const t = useT();
  const all = Math.max(of.alerts, of.policies) <= of.looked;
  return (
    <div className="stack">
      {!of.indexed && <Notice level="warning" title={t("operator.waiting.no_index")} />}
      <p className="muted">
        {t("operator.waiting.looked", {
          alerts: Math.min(of.alerts, of.looked),
          policies: Math.min(of.policies, of.looked),
          all: all ? "yes" : "no",
        })}
      </p>
      {!all && (
        <div className="actions">
          <Button onClick={onDeeper}>{t("operator.waiting.deeper")}</Button>
        </div>
      )}
    </div>
  );
}

function CallTasks({ tasks, onClose }: { tasks: readonly Task[] | undefined; onClose(): void }) {
  const t = useT();
  const say = useToast();
  const { send } = useSend();
  if (!tasks) return null;
  const run = async () => {
    await send(tasks.map(({ call }) => call));
    say(t("operator.tasks.done", { count: tasks.length }));
  };
  const kinds = [...new Set(tasks.map(({ kind }) => kind))];
  return (
    <Confirm
      open
      title={t("operator.tasks.confirm", { count: tasks.length })}
      consequences={[...kinds.map((kind) => t(`operator.task.${kind}.what`)), t("operator.tasks.final")]}
      action={t("operator.tasks.call")}
      onConfirm={run}
      onClose={onClose}
    />
  );
}
