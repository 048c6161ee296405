import { useState } from "react";
import { Field } from "../ui/Field";
import { faultOf } from "./new-passphrase";

/** A passphrase that is being chosen. */
export interface NewPassphrase {
  value: string;
  /** What keeps it from being taken, and says so once it was tried. */
  error: ReturnType<typeof faultOf>;
  again: string;
  setValue(value: string): void;
  setAgain(again: string): void;
  /** Whether it may be taken; if not, the fields say why from now on. */
  check(): boolean;
  clear(): void;
}

export function useNewPassphrase(): NewPassphrase {
  const [value, setValue] = useState("");
  const [again, setAgain] = useState("");
  const [checked, setChecked] = useState(false);
  const fault = faultOf(value, again);
  return {
    value,
    error: checked ? fault : undefined,
    again,
    setValue,
    setAgain,
    check() {
      setChecked(true);
      return fault === undefined;
    },
    clear() {
      setValue("");
      setAgain("");
      setChecked(false);
    },
  };
}

interface Words {
  label: string;
  hint?: string;
  again: string;
  short: string;
  differs: string;
}

/** Two boxes, since nobody can reset one that was mistyped. */
export function NewPassphraseFields({ of, words }: { of: NewPassphrase; words: Words }) {
  return (
    <>
      <Field
        label={words.label}
        hint={words.hint}
        error={of.error === "short" ? words.short : undefined}
        type="password"
        autoComplete="new-password"
        value={of.value}
        onChange={of.setValue}
      />
      <Field
        label={words.again}
        error={of.error === "differs" ? words.differs : undefined}
        type="password"
        autoComplete="new-password"
        value={of.again}
        onChange={of.setAgain}
      />
    </>
  );
}
