import { allPages, consentCalls } from "@cw-vitals/client";
import type { GrantInfo } from "@cw-vitals/client/consent";
import { useState } from "react";
import { useIntl } from "react-intl";
import { useChain } from "../../data/chain";
import { useClockEach } from "../../data/clock";
import { useSend } from "../../data/send";
import { useT } from "../../i18n";
import { Button } from "../../ui/Button";
import { Confirm } from "../../ui/Confirm";
import { Loaded } from "../../ui/Loaded";
import { type Column, Table } from "../../ui/Table";
import { useToast } from "../../ui/Toast";
import { When } from "../../ui/When";
import { holding } from "../care/access";
import { type InCare, quorumOf } from "./in-care";
import { PartyName } from "./ProposalText";

/** The patient's grants that hold, for a guardian who may revoke: alone, or by a proposal to the others. */
export function GrantsToRevoke({ of }: { of: InCare }) {
  const t = useT();
  const intl = useIntl();
  const now = useClockEach(10_000) / 1000;
  const { patient } = of.patient;
  const [asked, setAsked] = useState<GrantInfo>();
  const grants = useChain(
    ["grants", patient],
    (vitals) => grantsOf((after) => vitals.consent.grants({ patient, start_after: after, limit: 30 })),
    {
      patient,
      contracts: ["consent"],
    },
  );
  const together = quorumOf(of.quorums, "revoke") !== "one" && quorumOf(of.quorums, "revoke") !== 1;
  const verb = together ? "guardian.revoke.propose" : "guardian.revoke";
  const columns: Column<GrantInfo>[] = [
    { key: "who", head: t("guardian.grants.who"), cell: (grant) => <PartyName of={grant.grantee} /> },
    {
      key: "what",
      head: t("guardian.grants.what"),
      cell: (grant) => intl.formatList(grant.categories.map((category) => t(`measures.category.${category}`))),
    },
    {
      key: "until",
      head: t("guardian.grants.until"),
      cell: (grant) => <When ms={grant.valid_until * 1000} dateOnly />,
    },
    {
      key: "do",
      head: t("guardian.grants.do"),
      cell: (grant) => (
        <Button kind="danger" onClick={() => setAsked(grant)}>
          {t(verb)} <span className="visually-hidden">{t("guardian.grants.number", { grant: grant.grant })}</span>
        </Button>
      ),
    },
  ];
  return (
    <section aria-labelledby="guardian-grants">
      <h2 id="guardian-grants">{t("guardian.grants.title")}</h2>
      <Loaded of={grants}>
        {(all) => (
          <Table
            caption={t("guardian.grants.caption")}
            captionHidden
            columns={columns}
            rows={all.filter((grant) => holding(grant, now) !== "revoked" && holding(grant, now) !== "expired")}
            rowKey={(grant) => grant.grant}
            empty={<p className="muted">{t("guardian.grants.none")}</p>}
          />
        )}
      </Loaded>
      {asked && <Revoke patient={patient} grant={asked} together={together} onClose={() => setAsked(undefined)} />}
    </section>
  );
}

function grantsOf(ask: (after: string | null) => Promise<{ grants: GrantInfo[] }>): Promise<GrantInfo[]> {
  return allPages<GrantInfo>(async (after) => (await ask(after?.grant ?? null)).grants);
}

function Revoke(props: { patient: string; grant: GrantInfo; together: boolean; onClose(): void }) {
  const { patient, grant, together, onClose } = props;
  const t = useT();
  const say = useToast();
  const { send } = useSend();
  const run = async () => {
    await send(consentCalls.revoke({ patient, grant: grant.grant }));
    say(t(together ? "guardian.revoke.proposed" : "guardian.revoke.done"));
  };
  const own = [t("guardian.revoke.what"), t("guardian.revoke.lasts")];
  return (
    <Confirm
      open
      title={t("guardian.revoke.title")}
      consequences={together ? [t("guardian.revoke.together"), ...own] : own}
      action={t(together ? "guardian.revoke.propose" : "guardian.revoke")}
      kind="danger"
      onConfirm={run}
      onClose={onClose}
    >
      <p>
        <PartyName of={grant.grantee} />
      </p>
    </Confirm>
  );
}
