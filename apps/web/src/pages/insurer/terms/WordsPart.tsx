import { useId, useState } from "react";
import { useT } from "../../../i18n";
import { Card, TextArea } from "../../../ui";
import { digestOfFile, digestOfText, hexOf } from "./digest";
import type { PartProps } from "./fields";

/** The terms in words: their digest goes on the chain, they do not. */
export function WordsPart({ form, errors, set }: PartProps) {
  const t = useT();
  const id = useId();
  const [words, setWords] = useState("");
  const write = async (text: string) => {
    setWords(text);
    set({ digest: text === "" ? "" : await digestOfText(text) });
  };
  const choose = async (file: File | undefined) => {
    if (!file) return;
    setWords("");
    set({ digest: await digestOfFile(file) });
  };
  return (
    <Card title={t("insurer.words.title")}>
      <div className="form">
        <p>{t("insurer.words.text")}</p>
        <div className="field">
          <label htmlFor={id} className="field-label">
            {t("insurer.words.document")}
          </label>
          <input id={id} type="file" className="input" onChange={(event) => void choose(event.target.files?.[0])} />
        </div>
        <TextArea
          label={t("insurer.words.write")}
          value={words}
          error={errors.has("digest") ? t("insurer.words.missing") : undefined}
          onChange={(text) => void write(text)}
        />
        {form.digest && (
          <p className="muted">
            {t("insurer.words.digest")} <code className="insurer-long">{hexOf(form.digest)}</code>
          </p>
        )}
      </div>
    </Card>
  );
}
