import { consentCalls } from "@cw-vitals/client";
import type { Role } from "@cw-vitals/client/consent";
import { useState } from "react";
import { useIntl } from "react-intl";
import { useChain } from "../../../data";
import { CREDENTIAL_ROLES } from "../../../data/credential-roles";
import { INDEXED_MS } from "../../../data/indexed";
import { useT } from "../../../i18n";
import { Address, Card, Checks, Empty, Field, Loaded, Table } from "../../../ui";
import { Act } from "./Act";
import { type Issuer, issuersOf } from "./people";

/** Who attests which roles. */
export function IssuersTab({ owner }: { owner: boolean }) {
  const t = useT();
  const issuers = useChain(["operator", "issuers"], issuersOf, { contracts: ["consent"], everyMs: INDEXED_MS });
  return (
    <div className="stack">
      <Card title={t("operator.issuers.title")}>
        <p className="muted">{t("operator.by_events")}</p>
        <Loaded of={issuers}>{(list) => <Issuers of={list} owner={owner} />}</Loaded>
      </Card>
      {owner ? <Admit /> : <p className="muted">{t("operator.owner_only")}</p>}
    </div>
  );
}

function Issuers({ of, owner }: { of: readonly Issuer[]; owner: boolean }) {
  const t = useT();
  const intl = useIntl();
  const remove = ({ issuer }: Issuer) => (
    <Act
      kind="danger"
      action={t("operator.issuer.remove")}
      title={t("operator.issuer.remove.title")}
      consequences={[t("operator.issuer.remove.what"), t("operator.issuer.remove.stays")]}
      done={t("operator.issuer.remove.done")}
      call={consentCalls.removeIssuer({ issuer })}
    />
  );
  return (
    <Table
      caption={t("operator.issuers.title")}
      captionHidden
      rows={of}
      rowKey={({ issuer }) => issuer}
      empty={<Empty title={t("operator.issuers.none")} />}
      columns={[
        { key: "issuer", head: t("operator.account"), cell: ({ issuer }) => <Address of={issuer} /> },
        {
          key: "roles",
          head: t("operator.roles"),
          cell: ({ roles }) => intl.formatList(roles.map((role) => t(`operator.role.${role}`))),
        },
        ...(owner ? [{ key: "do", head: t("operator.task.do"), cell: remove }] : []),
      ]}
    />
  );
}

function Admit() {
  const t = useT();
  const intl = useIntl();
  const [issuer, setIssuer] = useState("");
  const [roles, setRoles] = useState<Role[]>([]);
  const [tried, setTried] = useState(false);
  const ready = issuer.trim() !== "" && roles.length > 0;
  return (
    <Card title={t("operator.issuer.admit")}>
      <div className="form">
        <Field
          label={t("operator.account")}
          value={issuer}
          spellCheck={false}
          autoComplete="off"
          error={tried && issuer.trim() === "" ? t("operator.account.error") : undefined}
          onChange={setIssuer}
        />
        <Checks<Role>
          legend={t("operator.roles")}
          options={CREDENTIAL_ROLES.map((value) => ({ value, label: t(`operator.role.${value}`) }))}
          value={roles}
          error={tried && roles.length === 0 ? t("operator.roles.error") : undefined}
          onChange={setRoles}
        />
        <Act
          action={t("operator.issuer.admit.action")}
          title={t("operator.issuer.admit.title")}
          consequences={[
            t("operator.issuer.admit.what", {
              roles: intl.formatList(roles.map((role) => t(`operator.role.${role}`))),
            }),
            t("operator.issuer.admit.replaces"),
          ]}
          done={t("operator.issuer.admit.done")}
          call={ready ? consentCalls.admitIssuer({ issuer: issuer.trim(), roles }) : undefined}
          onIncomplete={() => setTried(true)}
          onDone={() => {
            setIssuer("");
            setRoles([]);
            setTried(false);
          }}
        />
      </div>
    </Card>
  );
}
