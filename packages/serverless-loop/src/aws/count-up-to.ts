/** Counts a character in a text, as far as it matters. */
export function countUpTo(most: number, character: string, text: string): number {
  let count = 0;
  for (let at = text.indexOf(character); at >= 0 && count < most; at = text.indexOf(character, at + 1))
    count += 1;
  return count;
}
