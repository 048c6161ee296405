import { claimsCalls } from "@cw-vitals/client";
import type { StaffInfo, StaffPart } from "@cw-vitals/client/claims";
import { useState } from "react";
import { useIntl } from "react-intl";
import { useSend } from "../../../data";
import { useT } from "../../../i18n";
import { Address, Button, Card, Checks, Confirm, Empty, Field, Loaded, Page, Table, useToast } from "../../../ui";
import { useDesk } from "../data/DeskProvider";
import { PARTS } from "../data/desk";
import { useStaff } from "../data/queries";

interface Change {
  account: string;
  parts: StaffPart[];
}

/** Who does what in the insurer's name. */
export function StaffPage() {
  const t = useT();
  const desk = useDesk();
  const staff = useStaff(desk.insurer);
  const [asking, setAsking] = useState<Change>();
  // the form is empty for the next account: one's parts are not given to another by oversight
  const [given, setGiven] = useState(0);
  return (
    <Page title={t("insurer.staff.title")} lead={t("insurer.staff.lead")}>
      <Card title={t("insurer.staff.who")}>
        <p>
          {t("insurer.staff.insurer")} <Address of={desk.insurer} />
        </p>
        <Loaded of={staff}>
          {(list) => (
            <StaffTable of={list} onDismiss={desk.own ? (account) => setAsking({ account, parts: [] }) : undefined} />
          )}
        </Loaded>
      </Card>
      {desk.own ? <Appoint key={given} onAsk={setAsking} /> : <p className="muted">{t("insurer.staff.own")}</p>}
      <SetStaff
        change={asking}
        onDone={({ parts }) => parts.length > 0 && setGiven(given + 1)}
        onClose={() => setAsking(undefined)}
      />
    </Page>
  );
}

function StaffTable({
  of,
  onDismiss,
}: {
  of: readonly StaffInfo[];
  onDismiss: ((account: string) => void) | undefined;
}) {
  const t = useT();
  const intl = useIntl();
  return (
    <Table
      caption={t("insurer.staff.who")}
      captionHidden
      rows={of}
      rowKey={({ account }) => account}
      empty={<Empty title={t("insurer.staff.none")}>{t("insurer.staff.none.text")}</Empty>}
      columns={[
        { key: "account", head: t("insurer.staff.account"), cell: ({ account }) => <Address of={account} /> },
        {
          key: "parts",
          head: t("insurer.staff.parts"),
          cell: ({ parts }) => intl.formatList(parts.map((part) => t(`insurer.part.${part}`))),
        },
        ...(onDismiss
          ? [
              {
                key: "do",
                head: t("insurer.do"),
                cell: ({ account }: StaffInfo) => (
                  <Button onClick={() => onDismiss(account)}>{t("insurer.staff.dismiss")}</Button>
                ),
              },
            ]
          : []),
      ]}
    />
  );
}

function Appoint({ onAsk }: { onAsk(change: Change): void }) {
  const t = useT();
  const [account, setAccount] = useState("");
  const [parts, setParts] = useState<StaffPart[]>([]);
  const [tried, setTried] = useState(false);
  const ask = () => {
    setTried(true);
    if (account.trim() !== "" && parts.length > 0) onAsk({ account: account.trim(), parts });
  };
  return (
    <Card title={t("insurer.staff.appoint")}>
      <p>{t("insurer.staff.appoint.text")}</p>
      <div className="form">
        <Field
          label={t("insurer.staff.account")}
          value={account}
          spellCheck={false}
          autoComplete="off"
          error={tried && account.trim() === "" ? t("insurer.form.error.account") : undefined}
          onChange={setAccount}
        />
        <Checks<StaffPart>
          legend={t("insurer.staff.parts")}
          options={PARTS.map((value) => ({ value, label: t(`insurer.part.${value}.text`) }))}
          value={parts}
          error={tried && parts.length === 0 ? t("insurer.staff.parts.error") : undefined}
          onChange={setParts}
        />
        <Button kind="primary" onClick={ask}>
          {t("insurer.staff.give")}
        </Button>
      </div>
    </Card>
  );
}

interface SetStaffProps {
  change: Change | undefined;
  onDone(change: Change): void;
  onClose(): void;
}

function SetStaff({ change, onDone, onClose }: SetStaffProps) {
  const t = useT();
  const intl = useIntl();
  const say = useToast();
  const { send } = useSend();
  if (!change) return null;
  const dismissed = change.parts.length === 0;
  const run = async () => {
    await send(claimsCalls.setStaff(change));
    say(t(dismissed ? "insurer.staff.dismissed" : "insurer.staff.given"));
    onDone(change);
  };
  const parts = intl.formatList(change.parts.map((part) => t(`insurer.part.${part}`)));
  return (
    <Confirm
      open
      title={t(dismissed ? "insurer.staff.dismiss.title" : "insurer.staff.give.title", { parts })}
      kind={dismissed ? "danger" : "primary"}
      consequences={
        dismissed
          ? [t("insurer.staff.dismiss.what"), t("insurer.staff.dismiss.done")]
          : [t("insurer.staff.give.what", { parts }), t("insurer.staff.give.replaces")]
      }
      action={t(dismissed ? "insurer.staff.dismiss" : "insurer.staff.give")}
      onConfirm={run}
      onClose={onClose}
    >
      <Address of={change.account} whole />
    </Confirm>
  );
}
