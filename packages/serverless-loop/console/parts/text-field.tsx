import { useId } from '../preact.ts';

export function TextField({
  label,
  text,
  onText,
  isNumber = false,
  placeholder,
}: {
  label: string;
  text: string;
  onText(text: string): void;
  isNumber?: boolean;
  placeholder?: string;
}) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        inputMode={isNumber ? 'decimal' : undefined}
        value={text}
        placeholder={placeholder}
        autocomplete="off"
        spellcheck={false}
        onInput={({ currentTarget }) => onText(currentTarget.value)}
      />
    </div>
  );
}

export function ChoiceField({
  label,
  value,
  of,
  onValue,
}: {
  label: string;
  value: string;
  /** Values, each with its words where they differ. */
  of: readonly (string | readonly [value: string, words: string])[];
  onValue(value: string): void;
}) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select id={id} value={value} onChange={({ currentTarget }) => onValue(currentTarget.value)}>
        {of.map((each) => {
          const [own, words] = typeof each === 'string' ? [each, each] : each;
          return (
            <option key={own} value={own}>
              {words}
            </option>
          );
        })}
      </select>
    </div>
  );
}
