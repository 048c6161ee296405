import { acted } from "./render";

type Box = HTMLInputElement | HTMLTextAreaElement;

/** What a person types into a box, in place of what is there. */
export function type(box: Box | undefined, text: string): void {
  if (!box) throw new Error(`no box for "${text}"`);
  acted(() => {
    // React looks at the element's own property: what it did not see changing, it tells nobody
    Object.getOwnPropertyDescriptor(Object.getPrototypeOf(box), "value")?.set?.call(box, text);
    box.dispatchEvent(new Event("input", { bubbles: true }));
  });
}

/** The box under a label. */
export function box(place: ParentNode, label: string): HTMLInputElement {
  const found = [...place.querySelectorAll("label")].find(({ textContent }) => textContent?.trim() === label);
  const box = found && place.querySelector<HTMLInputElement>(`[id="${found.htmlFor}"]`);
  if (!box) throw new Error(`no box "${label}"`);
  return box;
}

/** The last button of these words: one in a dialog comes after the one that opens it. */
export function press(place: ParentNode, words: string): void {
  const button = [...place.querySelectorAll("button")].findLast(({ textContent }) => textContent === words);
  if (!button) throw new Error(`no button "${words}"`);
  acted(() => button.click());
}
