import type { Context } from './context.ts';

const TOKENS = /\$\{(?<variable>[^{}]*)\}|(?<wildcard>[*?])|(?<literal>[^*?$]+|\$)/g;
const LITERAL_VARIABLES = new Set(['*', '?', '$']);

const ANY_RUN = Symbol('*');
const ANY_ONE = Symbol('?');

/** One code unit of text, or a wildcard. */
type Piece = string | typeof ANY_RUN | typeof ANY_ONE;

export interface PatternOptions {
  ignoreCase?: boolean;
}

/**
 * Tells whether a pattern of a policy covers the text: `*` is any run of characters, `?` one, `${key}` the value of a
 * condition key (IAM guide, "IAM policy elements: Variables and tags"). A variable without a value matches nothing.
 */
export function matchesPattern(
  pattern: string,
  text: string,
  context: Context,
  { ignoreCase = false }: PatternOptions = {},
): boolean {
  if (pattern === '*') return true;
  const pieces = piecesOf(pattern, context);
  if (!pieces) return false;
  return ignoreCase ? covers(pieces.map(lowered), text.toLowerCase()) : covers(pieces, text);
}

/** The pattern with its variables put in and its wildcards as they are: for operators that compare letter by letter. */
export function resolveVariables(pattern: string, context: Context): string | undefined {
  return piecesOf(pattern, context)?.map(writtenAs).join('');
}

/** Each of an ARN's six parts is matched for itself (IAM guide, "Amazon Resource Name (ARN) condition operators"). */
export function matchesArn(pattern: string, arn: string, context: Context): boolean {
  if (pattern === '*') return true;
  const patternParts = arnParts(pattern);
  const parts = arnParts(arn);
  if (patternParts.length !== 6 || parts.length !== 6) return false;
  return parts.every((part, at) => matchesPattern(patternParts[at] ?? '', part, context));
}

/** Splits at the colons that don't belong to a variable such as `${aws:PrincipalAccount}`. */
function arnParts(arn: string): string[] {
  const parts: string[] = [];
  let from = 0;
  for (const { 0: found, index } of arn.matchAll(/\$\{[^{}]*\}|:/g)) {
    if (found !== ':') continue;
    if (parts.length === 5) break;
    parts.push(arn.slice(from, index));
    from = index + 1;
  }
  return [...parts, arn.slice(from)];
}

/** The texts that the pattern matches, piece by piece, or undefined when a variable has no value. */
function piecesOf(pattern: string, context: Context): Piece[] | undefined {
  const pieces: Piece[] = [];
  for (const { groups } of pattern.matchAll(TOKENS)) {
    const { variable, wildcard, literal } = groups ?? {};
    const text = variable === undefined ? literal : variableValue(variable, context);
    if (wildcard !== undefined) pieces.push(wildcard === '*' ? ANY_RUN : ANY_ONE);
    else if (text === undefined) return undefined;
    else for (const unit of text.split('')) pieces.push(unit);
  }
  return pieces;
}

/** In time of the text's length times the pattern's: a run that fell short grows, and no earlier one is tried again. */
function covers(pieces: readonly Piece[], text: string): boolean {
  let piece = 0;
  let at = 0;
  let run: { piece: number; end: number } | undefined;
  while (at < text.length) {
    const wanted = pieces[piece];
    if (wanted === ANY_RUN) {
      run = { piece, end: at };
      piece += 1;
    } else if (wanted === ANY_ONE || (wanted !== undefined && wanted === text[at])) {
      piece += 1;
      at += 1;
    } else if (run) {
      run.end += 1;
      at = run.end;
      piece = run.piece + 1;
    } else return false;
  }
  return pieces.slice(piece).every((left) => left === ANY_RUN);
}

function lowered(piece: Piece): Piece {
  return typeof piece === 'string' ? piece.toLowerCase() : piece;
}

function writtenAs(piece: Piece): string {
  if (typeof piece === 'string') return piece;
  return piece === ANY_RUN ? '*' : '?';
}

/** `${aws:PrincipalTag/team, 'none'}` has a value of its own for a key that isn't there. */
function variableValue(variable: string, context: Context): string | undefined {
  if (LITERAL_VARIABLES.has(variable)) return variable;
  const [key = '', fallback] = variable.split(/\s*,\s*/, 2);
  return context.get(key.trim().toLowerCase()) ?? fallback?.replace(/^'(.*)'$/, '$1');
}
