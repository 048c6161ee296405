import { useId, useState } from "react";
import { useT } from "../../../i18n";
import { TextArea } from "../../../ui/Field";

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
  const id = useId();
  const [large, setLarge] = useState(false);
  const read = async (file: File | undefined) => {
    if (!file) return;
    setLarge(file.size > MOST_BYTES);
    if (file.size <= MOST_BYTES) onChange(await file.text());
  };
  return (
    <div className="form">
      <div className="field">
        <label htmlFor={id} className="field-label">
          {t("patient.file.choose")}
        </label>
        <input
          id={id}
          type="file"
          accept={accept}
          className="input"
          onChange={(event) => void read(event.target.files?.[0])}
        />
      </div>
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
