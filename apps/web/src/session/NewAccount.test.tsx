import { beforeEach, expect, it, vi } from "vitest";
import { box, press, type } from "../test/form";
import { drawn } from "../test/render";
import { ToastProvider } from "../ui/Toast";
import { NewAccount } from "./NewAccount";

const WORDS = Array.from({ length: 24 }, (_, at) => `word${at + 1}`);
const PASSPHRASE = "correct horse battery";

const create = vi.hoisted(() => vi.fn());
const newMnemonic = vi.hoisted(() => vi.fn());
vi.mock("./Session", () => ({
  accountFor: async () => ({ address: "wasm1me" }),
  useSessionControl: () => ({ network: { local: true }, create }),
}));
vi.mock("./make", () => ({ newIdentity: async () => "AGE-SECRET-KEY-1", newMnemonic }));

beforeEach(() => {
  create.mockReset();
  newMnemonic.mockReset().mockResolvedValueOnce(WORDS.join(" ")).mockResolvedValue("other words");
});

async function begun(): Promise<HTMLElement> {
  const place = await drawn(
    <ToastProvider>
      <NewAccount known={false} />
    </ToastProvider>,
  );
  press(place, "Built-in wallet (local network)");
  await vi.waitFor(() => expect(place.textContent).toContain("word24"));
  type(box(place, "Passphrase"), PASSPHRASE);
  type(box(place, "Passphrase once more"), PASSPHRASE);
  return place;
}

const boxesAsked = (place: Element) =>
  [...place.querySelectorAll("label")].flatMap(({ textContent }) => textContent?.match(/^Word \d+/)?.[0] ?? []);
const answer = (place: Element, of: (words: number) => string) => {
  for (const label of boxesAsked(place)) type(box(place, label), of(Number(label.replace("Word ", ""))));
};

it("an account is made once the words asked for are those that were shown, which are out of sight by then", async () => {
  const place = await begun();
  press(place, "I have written them down");
  expect(boxesAsked(place)).toHaveLength(3);
  expect(place.textContent).not.toMatch(/word\d/);
  answer(place, (at) => (at > 16 ? "another" : `word${at}`));
  press(place, "Create and open");
  expect(place.textContent).toMatch(/Word (17|18|19|2\d) is another one/);
  expect(create).not.toHaveBeenCalled();
  answer(place, (at) => `word${at}`);
  press(place, "Create and open");
  await vi.waitFor(() => expect(create).toHaveBeenCalledOnce());
  expect(create.mock.calls[0]?.[1]).toMatchObject({ secrets: { mnemonic: WORDS.join(" ") }, passphrase: PASSPHRASE });
});

it("whoever goes on without writing them down is asked for them, and can see them once more", async () => {
  const place = await begun();
  press(place, "Create and open");
  expect(boxesAsked(place)).toHaveLength(3);
  press(place, "Show the words again");
  expect(place.textContent).toContain("word24");
  expect(create).not.toHaveBeenCalled();
});

it("the words stay those that were shown, however often the wallet is chosen", async () => {
  const place = await begun();
  press(place, "Built-in wallet (local network)");
  await Promise.resolve();
  expect(place.textContent).toContain("word24");
  expect(newMnemonic).toHaveBeenCalledOnce();
});

it("words that somebody has already are not asked for", async () => {
  const place = await begun();
  const [, mine] = place.querySelectorAll<HTMLInputElement>("input[type=radio]");
  mine?.click();
  await vi.waitFor(() => type(box(place, "Your words"), "  my  own words "));
  press(place, "Create and open");
  await vi.waitFor(() => expect(create).toHaveBeenCalledOnce());
  expect(create.mock.calls[0]?.[1]).toMatchObject({ secrets: { mnemonic: "my own words" } });
});
