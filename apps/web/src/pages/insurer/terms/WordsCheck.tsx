import { useState } from "react";
import { useT } from "../../../i18n";
import { FileField, State } from "../../../ui";
import { digestOfFile, hexOf } from "./digest";

/** The terms in words stay off the chain: holds a document against their digest. */
export function WordsCheck({ digest }: { digest: string }) {
  const t = useT();
  const [same, setSame] = useState<boolean>();
  const check = async (file: File | undefined) => setSame(file && (await digestOfFile(file)) === digest);
  return (
    <details className="insurer-details">
      <summary>{t("insurer.words.check")}</summary>
      <p>{t("insurer.words.check.text")}</p>
      <p>
        <code className="insurer-long">{hexOf(digest)}</code>
      </p>
      <FileField label={t("insurer.words.document")} onChoose={(file) => void check(file)} />
      <p role="status">
        {same !== undefined && (
          <State level={same ? "good" : "danger"}>{t(same ? "insurer.words.same" : "insurer.words.other")}</State>
        )}
      </p>
    </details>
  );
}
