import { browserTimeZone, timeZones } from "../data/time-zone";
import { LANGUAGES, useT } from "../i18n";
import { Card } from "../ui/Card";
import { Select } from "../ui/Field";
import { Page } from "../ui/Page";
import { IDLE_MINUTES, useSettings } from "./settings";

export function SettingsPage() {
  const t = useT();
  return (
    <Page title={t("shell.settings.title")} lead={t("shell.settings.lead")}>
      <Card title={t("shell.settings.reading")}>
        <Locale />
        <Units />
      </Card>
      <Card title={t("shell.settings.safety")}>
        <Idle />
      </Card>
    </Page>
  );
}

function Locale() {
  const t = useT();
  const { language, timeZone, change } = useSettings();
  const own = { value: "browser", label: t("shell.settings.zone.browser", { zone: browserTimeZone() }) };
  const zones = timeZones().map((zone) => ({ value: zone, label: zone }));
  return (
    <>
      <Select
        label={t("shell.settings.language")}
        value={language}
        options={LANGUAGES.map((one) => ({ value: one, label: t(`shell.language.${one}`) }))}
        onChange={(value) => change({ language: value })}
      />
      <Select
        label={t("shell.settings.zone")}
        hint={t("shell.settings.zone.hint")}
        value={timeZone}
        options={[own, ...zones]}
        onChange={(value) => change({ timeZone: value })}
      />
    </>
  );
}

function Units() {
  const t = useT();
  const { units, change } = useSettings();
  return (
    <>
      <Select
        label={t("shell.settings.pressure")}
        value={units.pressure}
        options={[
          { value: "mmHg", label: "mmHg" },
          { value: "kPa", label: "kPa" },
        ]}
        onChange={(pressure) => change({ units: { ...units, pressure } })}
      />
      <Select
        label={t("shell.settings.temperature")}
        value={units.temperature}
        options={[
          { value: "C", label: "°C" },
          { value: "F", label: "°F" },
        ]}
        onChange={(temperature) => change({ units: { ...units, temperature } })}
      />
      <Select
        label={t("shell.settings.glucose")}
        value={units.glucose}
        options={[
          { value: "mmol", label: "mmol/L" },
          { value: "mg", label: "mg/dL" },
        ]}
        onChange={(glucose) => change({ units: { ...units, glucose } })}
      />
    </>
  );
}

function Idle() {
  const t = useT();
  const { idleMinutes, change } = useSettings();
  return (
    <Select
      label={t("shell.settings.idle")}
      hint={t("shell.settings.idle.hint")}
      value={String(idleMinutes)}
      options={IDLE_MINUTES.map((minutes) => ({
        value: String(minutes),
        label: t("shell.settings.idle.minutes", { minutes }),
      }))}
      onChange={(value) => change({ idleMinutes: Number(value) })}
    />
  );
}
