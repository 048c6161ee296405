import { Plus } from "lucide-react";
import { useT } from "../../../i18n";
import { ButtonLink } from "../../../ui/Button";
import { Cards, Empty } from "../../../ui/Card";
import { Loaded } from "../../../ui/Loaded";
import { Page } from "../../../ui/Page";
import { usePatient } from "../lib/patient";
import { DeviceCard } from "./DeviceCard";
import { type MyDevice, useDevices } from "./use-devices";

export function DevicesPage() {
  const t = useT();
  const { patient } = usePatient();
  const devices = useDevices(patient);
  const pair = (
    <ButtonLink kind="primary" icon={Plus} to="/patient/devices/pair">
      {t("patient.devices.pair")}
    </ButtonLink>
  );
  return (
    <Page title={t("patient.devices.title")} lead={t("patient.devices.lead")} actions={pair}>
      <Loaded of={devices} failed={t("patient.devices.failed")}>
        {(all) => <Devices all={all} />}
      </Loaded>
    </Page>
  );
}

function Devices({ all }: { all: readonly MyDevice[] }) {
  const t = useT();
  const now = all.filter(({ pairing }) => pairing.to_ms == null);
  const before = all.filter(({ pairing }) => pairing.to_ms != null);
  return (
    <div className="stack">
      {now.length === 0 && <Empty title={t("patient.devices.none")}>{<p>{t("patient.devices.none.todo")}</p>}</Empty>}
      <Cards>
        {now.map((one) => (
          <DeviceCard key={one.device.device} of={one} />
        ))}
      </Cards>
      {before.length > 0 && (
        <details>
          <summary>{t("patient.devices.before", { count: before.length })}</summary>
          <Cards>
            {before.map((one) => (
              <DeviceCard key={one.device.device} of={one} />
            ))}
          </Cards>
        </details>
      )}
    </div>
  );
}
