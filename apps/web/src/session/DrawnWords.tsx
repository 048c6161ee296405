import { Eye, PencilLine } from "lucide-react";
import { useState } from "react";
import { useT } from "../i18n";
import { Button } from "../ui/Button";
import { Field } from "../ui/Field";
import { Notice } from "../ui/State";
import { drawPlaces, wrongPlaces } from "./written-down";

/** Words that were drawn, until it shows that they were written down. */
export interface DrawnWords {
  words: readonly string[];
  /** The words asked for; absent while all of them are shown. */
  asked: readonly AskedWord[] | undefined;
  setTyped(at: number, word: string): void;
  ask(): void;
  show(): void;
  /** Whether what was typed is right; if not, the form asks, or says which word is another one. */
  check(): boolean;
}

interface AskedWord {
  /** In the list, from 0 on. */
  place: number;
  typed: string;
  wrong: boolean;
}

export function useDrawnWords(mnemonic: string): DrawnWords {
  const words = mnemonic.split(" ");
  const [places, setPlaces] = useState<number[]>();
  const [typed, setTyped] = useState<string[]>([]);
  const [checked, setChecked] = useState(false);
  const wrong = places && wrongPlaces(words, places, typed);
  const ask = () => {
    setPlaces(drawPlaces(words.length));
    setTyped([]);
    setChecked(false);
  };
  return {
    words,
    asked: places?.map((place, at) => ({
      place,
      typed: typed[at] ?? "",
      wrong: checked && wrong?.includes(place) === true,
    })),
    setTyped: (at, word) => setTyped(Object.assign([...typed], { [at]: word })),
    ask,
    show: () => setPlaces(undefined),
    check() {
      if (places) setChecked(true);
      else ask();
      return wrong?.length === 0;
    },
  };
}

/** The words to write down; then some of them are asked for, out of sight of the others. */
export function DrawnWordsFields({ of }: { of: DrawnWords }) {
  return of.asked ? <AskedFor of={of} asked={of.asked} /> : <Shown of={of} />;
}

function Shown({ of }: { of: DrawnWords }) {
  const t = useT();
  const written = (
    <Button icon={PencilLine} onClick={of.ask}>
      {t("session.words.written")}
    </Button>
  );
  return (
    <Notice level="watch" title={t("session.words.keep")} actions={written}>
      <ol className="drawn-words">
        {of.words.map((word, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a word is its place, and may come twice
          <li key={place}>
            <code>{word}</code>
          </li>
        ))}
      </ol>
      <p>{t("session.words.file")}</p>
    </Notice>
  );
}

function AskedFor({ of, asked }: { of: DrawnWords; asked: readonly AskedWord[] }) {
  const t = useT();
  return (
    <fieldset className="field" ref={firstBoxFocused}>
      <legend className="field-label">{t("session.words.asked")}</legend>
      {asked.map(({ place, typed, wrong }, at) => (
        <Field
          key={place}
          label={t("session.words.place", { place: place + 1 })}
          error={wrong ? t("session.words.wrong", { place: place + 1 }) : undefined}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          value={typed}
          onChange={(word) => of.setTyped(at, word)}
        />
      ))}
      <div className="actions">
        <Button kind="quiet" icon={Eye} onClick={of.show}>
          {t("session.words.show")}
        </Button>
      </div>
    </fieldset>
  );
}

/** What was clicked to come here is gone: the keyboard goes on here. */
const firstBoxFocused = (boxes: HTMLFieldSetElement | null) => boxes?.querySelector("input")?.focus();
