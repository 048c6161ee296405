import { useState } from "react";
import { useT } from "../../../i18n";
import { FileField, TextArea } from "../../../ui/Field";

interface FileTextProps {
  label: string;
  hint?: string;
  error?: string | undefined;
  /** Extensions of the file chooser: `.json`. */
  accept: string;
  value: string;
  onChange(text: string): void;
}

/** Larger files than any of ours are not read. */
const MOST_BYTES = 1 << 20;

/** A text that comes as a file or is pasted. */
export function FileText({ label, hint, error, accept, value, onChange }: FileTextProps) {
  const t = useT();
  const [large, setLarge] = useState(false);
  const read = async (file: File | undefined) => {
    if (!file) return;
    setLarge(file.size > MOST_BYTES);
    if (file.size <= MOST_BYTES) onChange(await file.text());
  };
  return (
    <div className="form">
      <FileField label={t("patient.file.choose")} accept={accept} onChoose={(file) => void read(file)} />
      <TextArea
        label={label}
        hint={hint}
        error={large ? t("patient.file.large") : error}
        value={value}
        onChange={onChange}
        spellCheck={false}
      />
    </div>
  );
}
