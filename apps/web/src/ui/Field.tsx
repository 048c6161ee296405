import {
  type InputHTMLAttributes,
  type ReactNode,
  type SelectHTMLAttributes,
  type TextareaHTMLAttributes,
  useId,
} from "react";
import { useT } from "../i18n";

interface Labelled {
  label: ReactNode;
  /** Below the label, before the box. */
  hint?: ReactNode;
  /** What is wrong with what was typed; absent where nothing is. */
  error?: string | undefined;
  optional?: boolean;
}

interface Described {
  id: string;
  "aria-describedby": string | undefined;
  "aria-invalid": true | undefined;
}

function Frame({ label, hint, error, optional, children }: Labelled & { children: (d: Described) => ReactNode }) {
  const id = useId();
  const t = useT();
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ");
  return (
    <div className="field">
      <label htmlFor={id} className="field-label">
        {label} {optional && <span className="muted">({t("ui.optional")})</span>}
      </label>
      {hint && (
        <div id={`${id}-hint`} className="field-hint">
          {hint}
        </div>
      )}
      {children({ id, "aria-describedby": described || undefined, "aria-invalid": error ? true : undefined })}
      {error && (
        <div id={`${id}-error`} className="field-error" role="alert">
          {error}
        </div>
      )}
    </div>
  );
}

type Given<Attributes> = Omit<Attributes, "value" | "onChange" | "children">;

interface FieldProps extends Labelled, Given<InputHTMLAttributes<HTMLInputElement>> {
  value: string;
  onChange(value: string): void;
  /** Shown after the box, for instance a unit. */
  unit?: string;
}

/** A text, number, password or date box: `type` as of `<input>`. */
export function Field({ label, hint, error, optional, value, onChange, unit, ...rest }: FieldProps) {
  return (
    <Frame {...{ label, hint, error, optional }}>
      {(described) => (
        <div className="field-row">
          <input {...rest} {...described} className="input" value={value} onChange={(e) => onChange(e.target.value)} />
          {unit && <span className="field-unit">{unit}</span>}
        </div>
      )}
    </Frame>
  );
}

interface FileFieldProps extends Labelled {
  /** Extensions of the file chooser: `.json`. */
  accept?: string;
  onChoose(file: File | undefined): void;
}

/** One file of the person's. */
export function FileField({ label, hint, error, optional, accept, onChoose }: FileFieldProps) {
  return (
    <Frame {...{ label, hint, error, optional }}>
      {(described) => (
        <input
          {...described}
          type="file"
          accept={accept}
          className="input"
          onChange={(e) => onChoose(e.target.files?.[0])}
        />
      )}
    </Frame>
  );
}

interface TextAreaProps extends Labelled, Given<TextareaHTMLAttributes<HTMLTextAreaElement>> {
  value: string;
  onChange(value: string): void;
}

export function TextArea({ label, hint, error, optional, value, onChange, ...rest }: TextAreaProps) {
  return (
    <Frame {...{ label, hint, error, optional }}>
      {(described) => (
        <textarea
          rows={4}
          {...rest}
          {...described}
          className="input"
          value={value}
          onChange={(e) => onChange(e.target.value)}
        />
      )}
    </Frame>
  );
}

export interface Option<Value extends string> {
  value: Value;
  label: string;
}

interface SelectProps<Value extends string> extends Labelled, Given<SelectHTMLAttributes<HTMLSelectElement>> {
  value: Value;
  options: readonly Option<Value>[];
  onChange(value: NoInfer<Value>): void;
}

export function Select<Value extends string>(props: SelectProps<Value>) {
  const { label, hint, error, optional, value, options, onChange, ...rest } = props;
  return (
    <Frame {...{ label, hint, error, optional }}>
      {(described) => (
        <select
          {...rest}
          {...described}
          className="input"
          value={value}
          onChange={(e) => onChange(e.target.value as Value)}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Frame>
  );
}

interface CheckProps {
  label: ReactNode;
  hint?: ReactNode;
  checked: boolean;
  disabled?: boolean;
  onChange(checked: boolean): void;
}

export function Check({ label, hint, checked, disabled, onChange }: CheckProps) {
  const id = useId();
  return (
    <div className="check">
      <input
        id={id}
        type="checkbox"
        checked={checked}
        disabled={disabled}
        aria-describedby={hint ? `${id}-hint` : undefined}
        onChange={(e) => onChange(e.target.checked)}
      />
      <label htmlFor={id}>
        {label}
        {hint && (
          <span id={`${id}-hint`} className="field-hint">
            {hint}
          </span>
        )}
      </label>
    </div>
  );
}

interface ChecksProps<Value extends string> {
  legend: ReactNode;
  hint?: ReactNode;
  error?: string | undefined;
  options: readonly Option<Value>[];
  value: readonly Value[];
  onChange(value: NoInfer<Value>[]): void;
}

/** Several of several. */
export function Checks<Value extends string>(props: ChecksProps<Value>) {
  const { legend, hint, error, options, value, onChange } = props;
  const toggle = (one: Value, on: boolean) => onChange(on ? [...value, one] : value.filter((v) => v !== one));
  return (
    <fieldset className="field">
      <legend className="field-label">{legend}</legend>
      {hint && <div className="field-hint">{hint}</div>}
      {options.map((option) => (
        <Check
          key={option.value}
          label={option.label}
          checked={value.includes(option.value)}
          onChange={(on) => toggle(option.value, on)}
        />
      ))}
      {error && (
        <div className="field-error" role="alert">
          {error}
        </div>
      )}
    </fieldset>
  );
}

interface RadiosProps<Value extends string> {
  legend: ReactNode;
  options: readonly (Option<Value> & { hint?: string })[];
  value: Value;
  onChange(value: NoInfer<Value>): void;
}

/** One of few, all shown. For many use `Select`. */
export function Radios<Value extends string>({ legend, options, value, onChange }: RadiosProps<Value>) {
  const name = useId();
  return (
    <fieldset className="field">
      <legend className="field-label">{legend}</legend>
      {options.map((option) => (
        <label key={option.value} className="radio">
          <input type="radio" name={name} checked={option.value === value} onChange={() => onChange(option.value)} />
          <span>
            {option.label}
            {option.hint && <span className="field-hint">{option.hint}</span>}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
