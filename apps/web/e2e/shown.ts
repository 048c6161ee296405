/** When something stood on a page, by the page's own clock, which is that of the chain here: one machine. */
import type { Vitals } from "@cw-vitals/client";
import type { Page } from "playwright-core";

/** Notes from now on when an element that matches first has this text; ask for it with `when`. */
export class Shown {
  private constructor(
    private readonly page: Page,
    private readonly name: string,
  ) {}

  static async watch(page: Page, name: string, selector: string, text: string): Promise<Shown> {
    await page.evaluate(
      ([key, css, words]) => {
        const kept = globalThis as { seen?: Record<string, number> };
        const seen = kept.seen ?? {};
        kept.seen = seen;
        delete seen[key as string];
        const look = () => {
          const found = [...document.querySelectorAll(css as string)].some((one) =>
            one.textContent?.includes(words as string),
          );
          if (!found) return;
          seen[key as string] = Date.now();
          observer.disconnect();
        };
        const observer = new MutationObserver(look);
        observer.observe(document.body, { subtree: true, childList: true, characterData: true });
        look();
      },
      [name, selector, text],
    );
    return new Shown(page, name);
  }

  async when(): Promise<number> {
    const seen = (key: string) => (globalThis as { seen?: Record<string, number> }).seen?.[key];
    const handle = await this.page.waitForFunction(seen, this.name, { timeout: 60_000 });
    return (await handle.jsonValue()) as number;
  }
}

/** Time of the block of the first event of a kind from now on, in milliseconds. Listens at once. */
export function nextBlock(vitals: Vitals, kind: string): Promise<number> {
  return new Promise((done) => {
    const stop = vitals.follow({}, (event) => {
      if (event.kind !== kind) return;
      stop();
      done(event.timeMs);
    });
  });
}
