interface SegmentedProps<Key extends string> {
  label: string;
  options: readonly { key: Key; label: string }[];
  value: Key;
  onChange(key: NoInfer<Key>): void;
}

/** Few choices side by side, one of them pressed. */
export function Segmented<Key extends string>({ label, options, value, onChange }: SegmentedProps<Key>) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would need a legend that is shown
    <div role="group" aria-label={label} className="segmented">
      {options.map((option) => (
        <button key={option.key} type="button" aria-pressed={option.key === value} onClick={() => onChange(option.key)}>
          {option.label}
        </button>
      ))}
    </div>
  );
}
