import type { DeviceInfo } from "@cw-vitals/client/registry";
import { useT } from "../../../i18n";
import { State } from "../../../ui";
import { levelOf, standingOf } from "./state";

export function DeviceWord({ of }: { of: DeviceInfo }) {
  const t = useT();
  const standing = standingOf(of);
  return <State level={levelOf(standing)}>{t(`operator.device.${standing}`)}</State>;
}
