import { useId } from '../preact.ts';

/** JSON as it is typed: its value, or the reason why it is none yet. */
export function parsedJson(text: string): { value: unknown } | { problem: string } {
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : 'This is no JSON.' };
  }
}

/** A field for JSON, which says while it is typed what is wrong with it. */
export function JsonField({
  label,
  text,
  onText,
  rows = 10,
}: {
  label: string;
  text: string;
  onText(text: string): void;
  rows?: number;
}) {
  const id = useId();
  const read = parsedJson(text);
  const problem = 'problem' in read ? read.problem : undefined;
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <textarea
        id={id}
        rows={rows}
        spellcheck={false}
        dir="ltr"
        value={text}
        aria-invalid={problem !== undefined}
        aria-describedby={problem === undefined ? undefined : `${id}-problem`}
        onInput={({ currentTarget }) => onText(currentTarget.value)}
      />
      {problem !== undefined && (
        <p class="bad small said" id={`${id}-problem`}>
          {problem}
        </p>
      )}
    </div>
  );
}
