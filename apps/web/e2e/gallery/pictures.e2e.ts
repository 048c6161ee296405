/** Pictures of a ward that has been measured for some minutes, for the README. Only taken where `PICTURES` is set. */
import { consentCalls } from "@cw-vitals/client";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Device, Kind } from "../device";
import { type Person, SIZES, Stage } from "../harness";
import { Network } from "../network";
import { Patient } from "../patient";
import { sleep } from "../service";

const LONG = { timeout: 90_000 };
const DAY_S = 86_400;
/** So long they are measured before anybody looks. */
const MEASURED_MS = 240_000;
const VITALS: readonly Kind[] = [
  ...(["heart-monitor", "pulse-oximeter", "respiration-monitor"] as const),
  ...(["thermometer", "blood-pressure-monitor"] as const),
];

describe.runIf(process.env.PICTURES)("pictures", () => {
  let network: Network;
  let stage: Stage;
  let patient: Patient;
  let other: Patient;
  let oximeter: Device;
  let clinician: Person;
  let guardian: Person;

  beforeAll(async () => {
    network = await Network.start();
    stage = await Stage.on(network);
    patient = await Patient.admit(network, "patient");
    other = await Patient.admit(network, "patient-2");
    const identity = await network.identity("clinician");
    const forGuardian = await network.identity("guardian");
    const until = Math.floor(Date.now() / 1_000) + 30 * DAY_S;
    const appointed = { guardian: await network.chain.address("guardian"), until };
    const powers = ["read", "acknowledge", "revoke", "recover"] as const;
    await network.send(
      "patient-2",
      consentCalls.appointGuardian({ patient: other.number, powers: [...powers], ...appointed }),
    );
    for (const one of [patient, other]) await one.grant("clinician", "TREAT", ["read", "receive_alerts", "write_plan"]);
    await played(patient, "gateway", VITALS);
    [oximeter] = (await played(other, "gateway-2", ["pulse-oximeter", "heart-monitor"])) as [Device];
    clinician = await stage.enter("clinician", "clinician", { identity });
    guardian = await stage.enter("guardian", "guardian", { identity: forGuardian });
    await sleep(MEASURED_MS);
  }, 600_000);

  afterAll(async () => {
    await stage?.close();
    await network?.stop();
  });

  async function played(of: Patient, gateway: "gateway" | "gateway-2", kinds: readonly Kind[]): Promise<Device[]> {
    const devices: Device[] = [];
    for (const kind of kinds) devices.push(await network.newDevice(kind, `${kind}-${of.account}`));
    const running = await of.gateway(gateway, devices);
    for (const device of devices) await device.run(running, { every: 1, batchSeconds: 20 });
    return devices;
  }

  test("a patient's overview and a chart", async () => {
    const me = await stage.follow(await patient.link());
    await me.page
      .getByText(/within its limits|within their limits|needs? a look/)
      .first()
      .waitFor(LONG);
    await me.page.locator("article", { hasText: "Oxygen saturation" }).getByText("%").first().waitFor(LONG);
    await me.picture("readme-patient");
    await me.go("/patient/measures/oxygen_saturation");
    await me.page.getByLabel("Period").selectOption({ label: "Last 6 hours" });
    await me.page
      .getByText(/Oxygen saturation: \d+ readings from/)
      .first()
      .waitFor(LONG);
    await me.page
      .getByText(/^Opening/)
      .first()
      .waitFor({ state: "detached", ...LONG });
    for (const size of ["phone", "desktop"] as const) {
      await me.page.setViewportSize(SIZES[size]);
      await zoomed(me.page);
      await me.picture("readme-chart");
    }
  });

  test("a ward, by urgency, and a patient's charts", async () => {
    const { page } = clinician;
    await named(clinician, patient, "Bed 4");
    await named(clinician, other, "Bed 7");
    await oximeter.episode();
    await guardian.page.getByText("Waits for an answer").first().waitFor(LONG);
    await guardian.picture("readme-alert");
    await clinician.go("/clinician");
    await page
      .getByText(/at least \d+/)
      .first()
      .waitFor(LONG);
    await page
      .getByText(/1 open|one open|waits/i)
      .first()
      .waitFor(LONG);
    await clinician.picture("readme-ward");
    await clinician.go(`/clinician/patients/${patient.number}`);
    await page.getByRole("tab", { name: "Charts" }).click();
    await page
      .getByText(/Heart rate: \d+ readings from/)
      .first()
      .waitFor(LONG);
    await clinician.picture("readme-charts");
    expect(stage.faults()).toEqual([]);
  });
});

/** A name that this browser alone shows. */
async function named(person: Person, patient: Patient, name: string): Promise<void> {
  const { page } = person;
  await person.go(`/clinician/patients/${patient.number}`);
  await page.getByRole("tab", { name: "Access" }).click();
  await page.getByText("Name on this device").first().click();
  await page.locator("details").getByRole("textbox").first().fill(name);
  await page.getByRole("button", { name: "Save the name" }).first().click();
}

/** Closer to the newest reading, as a person does by keys. */
async function zoomed(page: Page): Promise<void> {
  const out = page.getByRole("button", { name: "Whole period" });
  if ((await out.count()) > 0) await out.first().click();
  const plot = page.locator(".chart-plot").first();
  await plot.locator("canvas").waitFor(LONG);
  await plot.focus();
  await page.keyboard.press("End");
  for (let times = 0; times < 5; times++) await page.keyboard.press("+");
}
