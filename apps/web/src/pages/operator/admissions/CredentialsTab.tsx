import { consentCalls } from "@cw-vitals/client";
import type { Role } from "@cw-vitals/client/consent";
import { useState } from "react";
import { useChain } from "../../../data";
import { useClockEach } from "../../../data/clock";
import { CREDENTIAL_ROLES } from "../../../data/credential-roles";
import { INDEXED_MS } from "../../../data/indexed";
import { useT } from "../../../i18n";
import { useSession } from "../../../session/useSession";
import { Address, Card, Empty, Field, Loaded, Select, State, Table, When } from "../../../ui";
import { Act } from "./Act";
import { type Credential, credentialsOf, issuersOf, mayJudge, suspensionOf } from "./people";

/** Credentials that were issued, and the form to issue another. */
export function CredentialsTab({ owner }: { owner: boolean }) {
  const t = useT();
  const { address } = useSession();
  const credentials = useChain(["operator", "credentials"], credentialsOf, {
    contracts: ["consent"],
    everyMs: INDEXED_MS,
  });
  const issuers = useChain(["operator", "issuers"], issuersOf, { contracts: ["consent"], everyMs: INDEXED_MS });
  const roles = issuers.data?.find(({ issuer }) => issuer === address)?.roles ?? [];
  return (
    <div className="stack">
      {roles.length > 0 ? <Issue roles={roles} /> : <p className="muted">{t("operator.credential.not_issuer")}</p>}
      <Card title={t("operator.credentials.title")}>
        <p className="muted">{t("operator.by_events")}</p>
        <Loaded of={credentials} failed={t("operator.credentials.failed")}>
          {(list) => <Credentials of={list} mayJudge={(one) => mayJudge(one, address, owner)} />}
        </Loaded>
      </Card>
    </div>
  );
}

interface CredentialsProps {
  of: readonly Credential[];
  /** Whether this account withdraws it and reinstates whom it attests. */
  mayJudge(one: Credential): boolean;
}

export function Credentials({ of, mayJudge: may }: CredentialsProps) {
  const t = useT();
  const nowS = useClockEach(5_000) / 1000;
  return (
    <Table
      caption={t("operator.credentials.title")}
      captionHidden
      rows={of}
      rowKey={({ account, role }) => `${account}/${role}`}
      empty={<Empty title={t("operator.credentials.none")} />}
      columns={[
        { key: "account", head: t("operator.account"), cell: ({ account }) => <Address of={account} /> },
        { key: "role", head: t("operator.role"), cell: ({ role }) => t(`operator.role.${role}`) },
        {
          key: "state",
          head: t("operator.state"),
          cell: (one) => {
            const suspended = suspensionOf(one, nowS);
            return (
              <>
                <State level={one.live ? "good" : "unknown"}>
                  {t(one.live ? "operator.credential.live" : "operator.credential.over")}
                </State>{" "}
                {suspended && <State level="warning">{t(`operator.credential.suspended.${suspended}`)}</State>}
              </>
            );
          },
        },
        { key: "until", head: t("operator.until"), cell: ({ until }) => (until ? <When ms={until * 1000} /> : "–") },
        { key: "issuer", head: t("operator.issuer"), cell: ({ issuer }) => (issuer ? <Address of={issuer} /> : "–") },
        {
          key: "do",
          head: t("operator.task.do"),
          cell: (one) => {
            const suspended = suspensionOf(one, nowS) !== undefined;
            if (!may(one) || !(one.live || suspended)) return "–";
            return (
              <div className="actions">
                {suspended && <Reinstate of={one} />}
                {one.live && <Withdraw of={one} />}
              </div>
            );
          },
        },
      ]}
    />
  );
}

function Reinstate({ of }: { of: Credential }) {
  const t = useT();
  return (
    <Act
      action={t("operator.credential.reinstate")}
      title={t("operator.credential.reinstate.title")}
      consequences={[t("operator.credential.reinstate.what"), t("operator.credential.reinstate.stays")]}
      done={t("operator.credential.reinstate.done")}
      call={consentCalls.reinstate({ responder: of.account })}
    />
  );
}

function Withdraw({ of }: { of: Credential }) {
  const t = useT();
  return (
    <Act
      kind="danger"
      action={t("operator.credential.withdraw")}
      title={t("operator.credential.withdraw.title", { role: t(`operator.role.${of.role}`) })}
      consequences={[t("operator.credential.withdraw.what"), t("operator.credential.withdraw.back")]}
      done={t("operator.credential.withdraw.done")}
      call={consentCalls.withdrawCredential({ account: of.account, role: of.role })}
    />
  );
}

const DAY_MS = 86_400_000;

function Issue({ roles }: { roles: readonly Role[] }) {
  const t = useT();
  const [account, setAccount] = useState("");
  const [role, setRole] = useState<Role>(roles[0] as Role);
  const [days, setDays] = useState("365");
  const [tried, setTried] = useState(false);
  const good = /^[1-9]\d{0,3}$/.test(days);
  const ready = account.trim() !== "" && good;
  const until = Math.floor((Date.now() + (good ? Number(days) : 0) * DAY_MS) / 1000);
  return (
    <Card title={t("operator.credential.issue")}>
      <div className="form">
        <Field
          label={t("operator.account")}
          value={account}
          spellCheck={false}
          autoComplete="off"
          error={tried && account.trim() === "" ? t("operator.account.error") : undefined}
          onChange={setAccount}
        />
        <Select<Role>
          label={t("operator.role")}
          value={role}
          options={CREDENTIAL_ROLES.filter((one) => roles.includes(one)).map((value) => ({
            value,
            label: t(`operator.role.${value}`),
          }))}
          onChange={setRole}
        />
        <Field
          label={t("operator.credential.days")}
          value={days}
          inputMode="numeric"
          error={tried && !good ? t("operator.number.error") : undefined}
          onChange={setDays}
        />
        <Act
          action={t("operator.credential.issue.action")}
          title={t("operator.credential.issue.title", { role: t(`operator.role.${role}`) })}
          consequences={[t("operator.credential.issue.what"), t("operator.credential.issue.back")]}
          done={t("operator.credential.issue.done")}
          call={ready ? consentCalls.issueCredential({ account: account.trim(), role, until }) : undefined}
          onIncomplete={() => setTried(true)}
          onDone={() => {
            setAccount("");
            setTried(false);
          }}
        />
      </div>
    </Card>
  );
}
