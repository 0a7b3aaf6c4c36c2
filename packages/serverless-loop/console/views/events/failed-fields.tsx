import { jsonText } from '../../parts/code.tsx';
import { Fragment } from '../../preact.ts';
import { shownText } from '../../state/words.ts';
import type { Explained } from './explained.ts';

/** The fields of a pattern that an event misses: expected and found. */
export function FailedFields({ of }: { of: Explained }) {
  const { failed = [], alternatives = 1, isSplitOverElements, gaveUp, error } = of;
  return (
    <>
      {error !== undefined && <p class="bad said">{error}</p>}
      {isSplitOverElements && <p>Each field fits, but not in the same elements of an array.</p>}
      {gaveUp !== undefined && <p class="warning said">{shownText(gaveUp).text}</p>}
      {alternatives > 1 && failed.length > 0 && (
        <p class="quiet small">Of {alternatives} alternatives by $or this one misses fewest.</p>
      )}
      {failed.length > 0 && (
        <div class="scrolling">
          <table class="plain-table failed-fields">
            <thead>
              <tr>
                <th scope="col">Field that failed</th>
                <th scope="col">Expected</th>
                <th scope="col">Found</th>
              </tr>
            </thead>
            <tbody>
              {failed.map(({ path, expected, found, foundCount = found.length, hint }) => (
                <Fragment key={path}>
                  <tr class={hint === undefined ? undefined : 'with-hint'}>
                    <td>
                      <code>{shownText(path).text}</code>
                    </td>
                    <td>
                      <code>{values(expected)}</code>
                    </td>
                    <td>
                      {found.length === 0 ? (
                        <span class="quiet">nothing</span>
                      ) : (
                        <code class="bad">{values(found)}</code>
                      )}
                      {foundCount > found.length && (
                        <span class="quiet small"> and {foundCount - found.length} more</span>
                      )}
                    </td>
                  </tr>
                  {hint !== undefined && (
                    <tr>
                      <td colSpan={3} class="quiet small">
                        {shownText(hint).text}
                      </td>
                    </tr>
                  )}
                </Fragment>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  );
}

/** So much of a value as a cell of a table has room for. */
const MAX_VALUE_CHARACTERS = 400;

function values(of: readonly unknown[]): string {
  const text = of.map((value) => jsonText(value)).join(' or ');
  return text.length > MAX_VALUE_CHARACTERS ? `${text.slice(0, MAX_VALUE_CHARACTERS)}…` : text;
}
