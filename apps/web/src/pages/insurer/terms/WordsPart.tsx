import { useState } from "react";
import { useT } from "../../../i18n";
import { Card, FileField, TextArea } from "../../../ui";
import { digestOfFile, digestOfText, hexOf } from "./digest";
import type { PartProps } from "./fields";

/** The terms in words: their digest goes on the chain, they do not. */
export function WordsPart({ form, errors, set }: PartProps) {
  const t = useT();
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
        <FileField label={t("insurer.words.document")} onChoose={(file) => void choose(file)} />
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
