import { CATEGORIES } from "../../../data/measures";
import { useT } from "../../../i18n";
import { Checks, Field, Radios } from "../../../ui/Field";
import { CredentialLine } from "./CredentialLine";
import { type GrantForm, type GrantProblem, OCCASION, OCCASIONS, withOccasion } from "./grant-form";

interface GrantFieldsProps {
  form: GrantForm;
  problems: ReadonlySet<GrantProblem>;
  onChange(form: GrantForm): void;
}

export function GrantFields({ form, problems, onChange }: GrantFieldsProps) {
  const t = useT();
  const wrong = (...all: GrantProblem[]) => {
    const problem = all.find((one) => problems.has(one));
    return problem && t(`patient.grant.problem.${problem}`);
  };
  const { optional } = OCCASION[form.occasion];
  const gateway = form.occasion === "gateway";
  return (
    <div className="form">
      <Radios
        legend={t("patient.grant.why")}
        options={OCCASIONS.map((value) => ({
          value,
          label: t(`patient.occasion.${value}`),
          hint: t(`patient.occasion.${value}.hint`),
        }))}
        value={form.occasion}
        onChange={(occasion) => onChange(withOccasion(form, occasion))}
      />
      {!gateway && (
        <Radios
          legend={t("patient.grant.to")}
          options={[
            { value: "account", label: t("patient.grant.to.account") },
            { value: "team", label: t("patient.grant.to.team"), hint: t("patient.grant.to.team.hint") },
          ]}
          value={form.to}
          onChange={(to) => onChange({ ...form, to })}
        />
      )}
      {form.to === "account" ? (
        <>
          <Field
            label={t("patient.grant.account")}
            hint={t(gateway ? "patient.grant.account.gateway" : "patient.grant.account.hint")}
            error={wrong("account_self", "account")}
            value={form.account}
            onChange={(account) => onChange({ ...form, account })}
            spellCheck={false}
            autoComplete="off"
          />
          <CredentialLine account={form.account.trim()} occasion={form.occasion} />
        </>
      ) : (
        <Field
          label={t("patient.grant.team")}
          hint={t("patient.grant.team.hint")}
          error={wrong("team")}
          inputMode="numeric"
          value={form.team}
          onChange={(team) => onChange({ ...form, team })}
        />
      )}
      <Checks
        legend={t("patient.grant.what")}
        options={CATEGORIES.map((value) => ({ value, label: t(`measures.category.${value}`) }))}
        error={wrong("categories")}
        value={form.categories}
        onChange={(categories) => onChange({ ...form, categories })}
      />
      {optional.length > 0 && (
        <Checks
          legend={t("patient.grant.also")}
          options={optional.map((value) => ({
            value,
            label: t(`patient.grant.also.${value as "receive_alerts" | "write_plan" | "disclose"}`),
          }))}
          value={form.actions}
          onChange={(actions) => onChange({ ...form, actions })}
        />
      )}
      <Field
        type="date"
        label={t("patient.grant.from")}
        hint={t("patient.grant.from.hint")}
        error={wrong("from", "order")}
        value={form.from}
        onChange={(from) => onChange({ ...form, from })}
      />
      <Field
        type="date"
        label={t("patient.grant.to_date")}
        hint={t("patient.grant.to_date.hint")}
        error={wrong("until", "until_past")}
        value={form.until}
        onChange={(until) => onChange({ ...form, until })}
      />
    </div>
  );
}
