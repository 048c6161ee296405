/**
 * What every test that clicks needs: a browser with one window for each person, pages that fail on what must never
 * happen (a fault, a blocked script, a request to elsewhere), axe, and pictures.
 */
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { AxeResults } from "axe-core";
import type { Browser, BrowserContext, BrowserContextOptions, ConsoleMessage, Page } from "playwright-core";
import { launch } from "./browser";
import type { Name } from "./chain";
import type { Link, Role } from "./link";
import type { Network } from "./network";
import { ROOT } from "./service";

/** Widths that every page is looked at. */
export const SIZES = {
  desktop: { width: 1280, height: 900 },
  phone: { width: 390, height: 844 },
} as const;
export type Size = keyof typeof SIZES;

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

interface Opened {
  page: Page;
  faults: string[];
  expected: RegExp[];
}

/** A person's window. */
export class Person {
  private constructor(
    readonly context: BrowserContext,
    readonly page: Page,
    private readonly opened: Opened,
  ) {}

  static async open(
    browser: Browser,
    origins: readonly string[],
    options: BrowserContextOptions = {},
  ): Promise<Person> {
    const context = await browser.newContext({
      viewport: SIZES.desktop,
      locale: "en-GB",
      timezoneId: "Europe/Berlin",
      ...options,
    });
    const page = await context.newPage();
    return new Person(context, page, watched(page, origins));
  }

  /** What happened that must not. Empty in every test that does not cause it itself. */
  get faults(): readonly string[] {
    return this.opened.faults;
  }

  /** From now on, console errors like this are what the test causes, such as a vault's refusal. */
  expect(pattern: RegExp): void {
    this.opened.expected.push(pattern);
  }

  /** What axe finds on the page as it is: one line for each rule broken, with where. */
  async axe(): Promise<string[]> {
    await this.page.evaluate(AXE);
    const { violations } = await this.page.evaluate(
      (rules) =>
        (globalThis as unknown as { axe: { run(root: Document, options: object): Promise<AxeResults> } }).axe.run(
          document,
          {
            runOnly: rules,
          },
        ),
      RULES,
    );
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`);
  }

  /** The page is no wider than the window. */
  async overflow(): Promise<number> {
    return this.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  }

  /** Axe and width, at each size and in light and dark; the last state is desktop and light again. */
  async inspect(): Promise<string[]> {
    const found: string[] = [];
    for (const colorScheme of ["dark", "light"] as const) {
      await this.page.emulateMedia({ colorScheme });
      for (const size of ["phone", "desktop"] as const) {
        await this.page.setViewportSize(SIZES[size]);
        const violations = await this.axe();
        if ((await this.overflow()) > 0) violations.push("wider than the window");
        found.push(...violations.map((text) => `${size}, ${colorScheme}: ${text}`));
      }
    }
    return found;
  }

  /**
   * `<name>-desktop.png` and `<name>-phone.png`, where `PICTURES` is set: 1 takes those anew that docs/images keeps, a
   * directory gets all.
   */
  async picture(name: string): Promise<void> {
    const asked = process.env.PICTURES;
    if (!asked) return;
    const dir = asked === "1" ? join(ROOT, "docs/images") : asked;
    mkdirSync(dir, { recursive: true });
    // what was said of the click before is in the way
    for (const close of await this.page.locator(".toast button").all())
      await close.click({ timeout: 1_000 }).catch(() => undefined);
    for (const size of ["phone", "desktop"] as const) {
      const path = join(dir, `${name}-${size}.png`);
      if (asked === "1" && !existsSync(path)) continue;
      await this.page.setViewportSize(SIZES[size]);
      await this.page.screenshot({ path, animations: "disabled" });
    }
  }

  /** To a page of the app by its path, without loading the app anew. */
  async go(path: string): Promise<void> {
    await this.page.evaluate((to) => {
      location.hash = `#${to}`;
    }, path);
    await this.page.locator("main h1").first().waitFor();
  }

  close(): Promise<void> {
    return this.context.close();
  }
}

/** What a browser writes of a server that is away. Tests take servers away, and nothing else ever does. */
const AWAY = /net::ERR_|WebSocket connection to .* failed/;

/** Whether a visit of an app that works writes such a line never. */
function isFault(line: ConsoleMessage): boolean {
  if (/Content Security Policy|TrustedScript|Uncaught/.test(line.text())) return true;
  return line.type() === "error" && !AWAY.test(line.text());
}

/** Notes faults of a page, errors on its console, blocked content, and requests to any origin that is not one of these. */
function watched(page: Page, origins: readonly string[]): Opened {
  const faults: string[] = [];
  const expected: RegExp[] = [];
  page.on("pageerror", (error) => faults.push(`fault: ${error.message}`));
  page.on("console", (line) => {
    const fault = `console: ${line.text()} (${line.location().url})`;
    if (isFault(line) && !expected.some((pattern) => pattern.test(fault))) faults.push(fault);
  });
  page.on("request", (request) => {
    const { origin, protocol } = new URL(request.url());
    if (/^(https?|wss?):$/.test(protocol) && !origins.includes(origin)) faults.push(`request to ${origin}`);
  });
  page.on("websocket", (socket) => {
    const { origin } = new URL(socket.url().replace(/^ws/, "http"));
    if (!origins.includes(origin)) faults.push(`websocket to ${origin}`);
  });
  return { page, faults, expected };
}

/** The browser, and the people in it. */
export class Stage {
  private readonly people: Person[] = [];

  private constructor(
    readonly browser: Browser,
    readonly network: Network,
  ) {}

  static async on(network: Network): Promise<Stage> {
    return new Stage(await launch(), network);
  }

  /** Origins that the app may reach. */
  get origins(): string[] {
    const { app, chain, vaults } = this.network;
    return [app, chain.rpc, ...vaults.map(({ url }) => url)].map((url) => new URL(url).origin);
  }

  async person(options?: BrowserContextOptions): Promise<Person> {
    const person = await Person.open(this.browser, this.origins, options);
    this.people.push(person);
    return person;
  }

  /** A window of its own, opened by that account's role link. */
  async enter(role: Role, account: Name, more?: Partial<Link>, options?: BrowserContextOptions): Promise<Person> {
    return this.follow(await this.network.link(role, account, more), options);
  }

  /** The same for a link that is there, such as a prepared patient's. */
  async follow(link: string, options?: BrowserContextOptions): Promise<Person> {
    const person = await this.person(options);
    await person.page.goto(link);
    await person.page.locator("main h1").first().waitFor();
    return person;
  }

  /** What happened in any window that must not. */
  faults(): string[] {
    return this.people.flatMap(({ faults }) => [...faults]);
  }

  async close(): Promise<void> {
    await this.browser.close();
  }
}
