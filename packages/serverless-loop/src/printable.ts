/**
 * Control characters but tab and newline, half characters, and what turns the direction of text or can't be seen; what
 * only chooses a glyph may stay (Unicode Standard, "Default Ignorable Code Points").
 */
const UNPRINTABLE =
  /[[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]--[\t\n\u{FE0E}\u{FE0F}]]/gv;

/** A colour, which would be a riddle without its escape character (ECMA-48, "SGR"). */
const COLOUR = new RegExp(`${String.fromCharCode(27)}\\[[\\d;:]*m`, 'g');

/** Stands for a character that is not printed. */
const REPLACEMENT = '�';

/** Text of unknown origin with its lines: nothing in it moves the cursor, colours, hides or turns what stands around it. */
export function printableLines(text: string): string {
  return text.replaceAll('\r\n', '\n').replace(COLOUR, '').replace(UNPRINTABLE, REPLACEMENT);
}

/** Text of unknown origin on one line, at most `most` characters of it, the last of them `…` where it goes on. */
export function printable(text: string, most = 160): string {
  const characters = [...text.slice(0, 2 * most + 2)];
  const shown = characters.length > most ? `${characters.slice(0, most - 1).join('')}…` : text;
  return shown
    .replace(COLOUR, '')
    .replace(UNPRINTABLE, REPLACEMENT)
    .replace(/[\t\n]/g, REPLACEMENT);
}

/** JSON of the same value, whose text has nothing unprintable: each such character is written as its number. */
export function printableJson(json: string): string {
  return json.replace(UNPRINTABLE, escaped);
}

/**
 * A value of JSON with every text in it printable, names too; the very value where it is so already. Below `depth` nothing
 * is shown, since nobody reads that far.
 */
export function printableValue(value: unknown, depth = 50): unknown {
  if (typeof value === 'string') return printableLines(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth === 0) return '…';
  const entries = Object.entries(value);
  const shown = entries.map(
    ([name, item]) => [printableLines(name), printableValue(item, depth - 1)] as const,
  );
  const isSame = shown.every(([name, item], at) => name === entries[at]?.[0] && item === entries[at]?.[1]);
  if (isSame) return value;
  return Array.isArray(value) ? shown.map(([, item]) => item) : Object.fromEntries(shown);
}

function escaped(character: string): string {
  return Array.from({ length: character.length }, (_, index) => character.charCodeAt(index))
    .map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`)
    .join('');
}
