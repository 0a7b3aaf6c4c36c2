import { shownInRow } from '../../state/words.ts';

/** Fields of structured lines that can be columns. */
export function ColumnChoice({
  offered,
  chosen,
  onChosen,
}: {
  offered: readonly string[];
  chosen: readonly string[];
  onChosen(fields: readonly string[]): void;
}) {
  const all = [...new Set([...chosen, ...offered])];
  if (all.length === 0) return null;
  return (
    <details class="menu">
      <summary class="button">Columns{chosen.length > 0 && ` (${chosen.length})`}</summary>
      <fieldset class="menu-body">
        <legend class="hidden">Fields as columns</legend>
        {all.map((name) => (
          <label class="choice" key={name}>
            <input
              type="checkbox"
              checked={chosen.includes(name)}
              onChange={({ currentTarget }) =>
                onChosen(currentTarget.checked ? [...chosen, name] : chosen.filter((each) => each !== name))
              }
            />
            {shownInRow(name)}
          </label>
        ))}
      </fieldset>
    </details>
  );
}
