import { allPages, type Vitals } from "@cw-vitals/client";
import type * as registry from "@cw-vitals/client/registry";
import { type ChainData, useChain } from "../../../data/chain";

export interface MyDevice {
  device: registry.DeviceInfo;
  model: registry.ModelInfo;
  /** The pairing with this patient that there was last. */
  pairing: registry.PairingInfo;
  /** Time of its last reading on the chain; absent where none was anchored. */
  lastReadingMs: number | undefined;
}

/** Devices that are or were with the patient, those of now first. */
export function useDevices(patient: string): ChainData<MyDevice[]> {
  return useChain(["patient.devices", patient], (vitals) => devicesOf(vitals, patient), {
    patient,
    contracts: ["registry", "anchor"],
  });
}

async function devicesOf(vitals: Vitals, patient: string): Promise<MyDevice[]> {
  const listed = await allPages<registry.PatientDevice>(async (after) => {
    const page = await vitals.registry.devices({ patient, limit: 30, ...(after && { start_after: after.device }) });
    return page.devices;
  });
  const devices = await Promise.all(listed.map((one) => deviceOf(vitals, one)));
  return devices.sort(
    (a, b) =>
      Number(b.pairing.to_ms == null) - Number(a.pairing.to_ms == null) || b.pairing.from_ms - a.pairing.from_ms,
  );
}

async function deviceOf(vitals: Vitals, { device: number, pairing }: registry.PatientDevice): Promise<MyDevice> {
  const [device, paired, head] = await Promise.all([
    vitals.registry.device({ device: number }),
    vitals.registry.pairing({ device: number, pairing }),
    vitals.anchor.device({ device: number }),
  ]);
  const model = await vitals.registry.model({ model: device.model });
  const times = head.last.map(({ at_ms }) => at_ms);
  // a device's head also tells of whoever had it before
  const last = times.length > 0 ? Math.max(...times) : 0;
  return { device, model, pairing: paired, lastReadingMs: last >= paired.from_ms ? last : undefined };
}
