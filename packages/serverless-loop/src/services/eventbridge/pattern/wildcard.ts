import { InvalidPatternError } from './invalid-pattern-error.ts';
import { textOf } from './text-operators.ts';
import { onText, type ValueTest } from './value-test.ts';
import { livePrefixes } from './wildcard-complexity.ts';

/**
 * AWS refuses a wildcard that makes too many of its prefixes possible at once, but gives no number. Of the records, the
 * one with 7 passes and the one with 10 does not.
 */
const MAX_LIVE_PREFIXES = 10;

/** `{ "wildcard": "a*b" }`: `*` stands for any run of characters, `\*` for a star, `\\` for a backslash. */
export function parseWildcard(operand: unknown): ValueTest {
  const pieces = literalPieces(textOf(operand, 'wildcard'));
  if (livePrefixes(pieces, MAX_LIVE_PREFIXES) >= MAX_LIVE_PREFIXES)
    throw new InvalidPatternError(
      'Rule is too complex - try using fewer wildcard characters or fewer repeating character sequences after a wildcard character',
    );
  return onText(compilePieces(pieces));
}

/** Returns the texts between the stars: `a\**b` gives `a*` and `b`. Positions in complaints count the opening quote, as AWS's do. */
function literalPieces(wildcard: string): string[] {
  const pieces: string[] = [];
  let piece = '';
  for (let at = 0; at < wildcard.length; at++) {
    const character = wildcard[at];
    const next = wildcard[at + 1];
    if (character === '*') {
      if (next === '*') throw new InvalidPatternError(`Consecutive wildcard characters at pos ${at + 1}`);
      pieces.push(piece);
      piece = '';
    } else if (character === '\\') {
      if (next !== '*' && next !== '\\')
        throw new InvalidPatternError(`Invalid escape character at pos ${at + 1}`);
      piece += next;
      at++;
    } else {
      piece += character;
    }
  }
  return [...pieces, piece];
}

/** Takes the first place where each piece fits; that never loses a match, so there is no backtracking. */
function compilePieces(pieces: string[]): (text: string) => boolean {
  const head = pieces[0] ?? '';
  const tail = pieces.at(-1) ?? '';
  if (pieces.length === 1) return (text) => text === head;

  const between = pieces.slice(1, -1);
  return (text) => {
    if (!text.startsWith(head) || !text.endsWith(tail)) return false;
    let from = head.length;
    for (const piece of between) {
      const at = text.indexOf(piece, from);
      if (at < 0) return false;
      from = at + piece.length;
    }
    return from <= text.length - tail.length;
  };
}
