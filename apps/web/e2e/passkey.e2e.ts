/**
 * A patient whose keys a passkey wraps: made, used, refused and removed. The authenticator is Chromium's own virtual
 * one, which implements the `prf` extension; no hardware has been tried.
 */
import type { CDPSession } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { becomePatient, button, confirmed, createLocal, fill, opened, PASSPHRASE, section, unlock } from "./clicks";
import { type Person, Stage } from "./harness";
import { Network } from "./network";

const LONG = { timeout: 60_000 };
const REFUSED = "The passkey did not unlock the account";

let network: Network;
let stage: Stage;
let me: Person;
let authenticator: Authenticator;

beforeAll(async () => {
  network = await Network.start();
  // a passkey is for a name; an address has none
  const byAddress = network.app;
  network.app = byAddress.replace("127.0.0.1", "localhost");
  expect(network.app).not.toBe(byAddress);
  stage = await Stage.on(network);
  me = await stage.person();
  authenticator = await Authenticator.of(me);
  await me.page.goto(network.app);
  await createLocal(me.page, "Mine", network.chain.mnemonic("patient"));
  await opened(me.page);
  await me.go("/patient");
  await becomePatient(me.page);
}, 300_000);

afterEach(() => expect(stage.faults()).toEqual([]));

afterAll(async () => {
  await stage?.close();
  await network?.stop();
});

interface Can {
  prf: boolean;
}

/** The window's authenticator: it is touched by itself, and verifies its user or does not. */
class Authenticator {
  private constructor(
    private readonly cdp: CDPSession,
    private id: string,
  ) {}

  static async of({ context, page }: Person, can: Can = { prf: true }): Promise<Authenticator> {
    const cdp = await context.newCDPSession(page);
    await cdp.send("WebAuthn.enable", {});
    return new Authenticator(cdp, await Authenticator.plug(cdp, can));
  }

  private static async plug(cdp: CDPSession, { prf }: Can): Promise<string> {
    const { authenticatorId } = await cdp.send("WebAuthn.addVirtualAuthenticator", {
      options: {
        ...({ protocol: "ctap2", ctap2Version: "ctap2_1", transport: "internal" } as const),
        ...{ hasResidentKey: true, hasUserVerification: true, isUserVerified: true, hasPrf: prf },
        automaticPresenceSimulation: true,
      },
    });
    return authenticatorId;
  }

  /** Another one in its place, which knows nothing of what this one made. */
  async replaced(can: Can): Promise<void> {
    await this.cdp.send("WebAuthn.removeVirtualAuthenticator", { authenticatorId: this.id });
    this.id = await Authenticator.plug(this.cdp, can);
  }

  async verifies(isUserVerified: boolean): Promise<void> {
    await this.cdp.send("WebAuthn.setUserVerified", { authenticatorId: this.id, isUserVerified });
  }

  /** Whether somebody touches it when it asks. */
  async touched(enabled: boolean): Promise<void> {
    await this.cdp.send("WebAuthn.setAutomaticPresenceSimulation", { authenticatorId: this.id, enabled });
  }

  async credentials(): Promise<number> {
    return (await this.cdp.send("WebAuthn.getCredentials", { authenticatorId: this.id })).credentials.length;
  }
}

const card = () => section(me.page, "Passkey");
const lock = () => button(me.page, "Lock").first().click();
const byPasskey = () => button(me.page, "Unlock with passkey");

async function add(passphrase = PASSPHRASE): Promise<void> {
  await me.go("/account");
  await fill(card(), "Passphrase", passphrase);
  await button(card(), "Add a passkey").click();
}

/** What happened and what to do, in words. */
async function refused(): Promise<void> {
  const notice = me.page.locator(".notice", { hasText: REFUSED });
  await notice.waitFor(LONG);
  expect(await notice.textContent()).toContain("use the passphrase");
}

/** Only the patient's own keys, out of what the passkey unwrapped, say so. */
async function keysOpen(): Promise<void> {
  await me.go("/patient/keys");
  await me.page.getByText("They are the keys the chain knows").waitFor(LONG);
}

test("an authenticator that cannot wrap keys is told as such, and the passphrase goes on", async () => {
  await authenticator.replaced({ prf: false });
  await add();
  await refused();
  expect(await button(card(), "Remove this passkey").count()).toBe(0);
  await lock();
  expect(await byPasskey().count()).toBe(0);
  await unlock(me.page);
  await opened(me.page);
});

test("a passkey is added with the passphrase alone, and wraps what opens the account", async () => {
  await authenticator.replaced({ prf: true });
  await add("not the passphrase");
  await card().getByText("session/passphrase", { exact: true }).waitFor(LONG);
  expect(await authenticator.credentials()).toBe(0);
  await add();
  await button(card(), "Remove this passkey").waitFor(LONG);
  expect(await authenticator.credentials()).toBe(1);
  expect(await me.inspect()).toEqual([]);
});

test("locked, one touch opens the account with its identity and keys, and no passphrase is typed", async () => {
  await lock();
  await byPasskey().waitFor();
  expect(await me.inspect()).toEqual([]);
  await byPasskey().click();
  await opened(me.page);
  await keysOpen();
});

test("after a reload it opens as well: what it unwraps is kept in this browser", async () => {
  await me.page.reload();
  await byPasskey().click();
  await opened(me.page);
  await keysOpen();
});

test("whom the authenticator does not know is refused in words, and the passphrase still works", async () => {
  await lock();
  await authenticator.verifies(false);
  await byPasskey().click();
  await refused();
  expect(await me.inspect()).toEqual([]);
  await unlock(me.page);
  await opened(me.page);
  await keysOpen();
  await authenticator.verifies(true);
});

test("a prompt that hangs is given up, and while it hangs again the passphrase unlocks", async () => {
  await lock();
  await authenticator.touched(false);
  await byPasskey().click();
  await button(me.page, "Stop waiting for the passkey").click();
  await byPasskey().click();
  expect(await me.inspect()).toEqual([]);
  await unlock(me.page);
  await opened(me.page);
  await authenticator.touched(true);
});

test("another authenticator, as of who took the browser along, opens nothing; the passphrase does", async () => {
  await lock();
  await authenticator.replaced({ prf: true });
  await byPasskey().click();
  await refused();
  expect(await button(me.page, "Lock").count()).toBe(0);
  await unlock(me.page);
  await opened(me.page);
});

test("removed, it opens the account no more, and the passphrase does", async () => {
  await me.go("/account");
  const said = await confirmed(me.page, button(card(), "Remove this passkey"));
  expect(said).toContain("only the passphrase unlocks it here");
  await button(card(), "Add a passkey").waitFor(LONG);
  await lock();
  await button(me.page, "Unlock").waitFor();
  expect(await byPasskey().count()).toBe(0);
  await unlock(me.page);
  await opened(me.page);
  await keysOpen();
});

test("opened by an address, the app offers none and says so", async () => {
  const name = network.app;
  network.app = name.replace("localhost", "127.0.0.1");
  const person = await stage.person();
  await Authenticator.of(person);
  await person.page.goto(network.app);
  await createLocal(person.page, "By address");
  await opened(person.page);
  await person.go("/account");
  await person.page.getByText("This device offers no passkey").waitFor(LONG);
  expect(await button(person.page, "Add a passkey").count()).toBe(0);
  expect(await person.inspect()).toEqual([]);
  network.app = name;
});
