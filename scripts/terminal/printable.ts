/** Control characters, and those that turn the direction of text or can't be seen. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** Text of unknown origin on one line of a terminal: nothing in it can move the cursor, and it is no longer than `most`. */
export function printable(text: string, most = 160): string {
  const characters = [...text.slice(0, 2 * most + 2)];
  const shown = characters.length > most ? `${characters.slice(0, most - 1).join('')}…` : text;
  return shown.replace(UNPRINTABLE, '�');
}
