import { useT } from "../../../i18n";
import { Ago, Button, Table } from "../../../ui";
import { keyOf, type Task } from "./tasks";

export function TasksTable({ of, onAsk }: { of: readonly Task[]; onAsk(task: Task): void }) {
  const t = useT();
  return (
    <Table
      caption={t("operator.tasks.title")}
      captionHidden
      rows={of}
      rowKey={keyOf}
      columns={[
        { key: "what", head: t("operator.task.what"), cell: ({ kind, about }) => t(`operator.task.${kind}`, about) },
        { key: "why", head: t("operator.task.why"), cell: ({ kind }) => t(`operator.task.${kind}.why`) },
        {
          key: "since",
          head: t("operator.task.since"),
          cell: ({ since }) => (since ? <Ago ms={since * 1000} /> : "–"),
        },
        {
          key: "do",
          head: t("operator.task.do"),
          cell: (task) => <Button onClick={() => onAsk(task)}>{t(`operator.task.${task.kind}.do`)}</Button>,
        },
      ]}
    />
  );
}
