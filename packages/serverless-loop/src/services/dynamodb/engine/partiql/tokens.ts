import { isKeyword } from './keywords.ts';
import { malformed } from './malformed.ts';

/**
 * `word` is a keyword, or a pair of keywords that PartiQL reads as one (`insert into`), in lower case;
 * `name` an identifier, `symbol` an operator or a bracket, `end` the end of the statement.
 */
export type TokenKind = 'word' | 'name' | 'quoted' | 'string' | 'number' | 'symbol' | 'end';

export interface Token {
  readonly kind: TokenKind;
  /** As it counts: without quotes, keywords in lower case. */
  readonly text: string;
  /** Its place in the statement, in UTF-16 units. */
  readonly start: number;
  readonly end: number;
}

const SPACE = /(?:\s+|--[^\r\n]*|\/\*[\s\S]*?\*\/)+/y;
const NUMBER = /(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/y;
const WORD = /[A-Za-z_$][A-Za-z0-9_$]*/y;
const STRING = /'((?:[^']|'')*)'/y;
const QUOTED = /"((?:[^"]|"")*)"/y;
const SYMBOL = /<<|>>|<=|>=|<>|!=|\|\||[-+*/%<>=@^()[\]{},.:;?]/y;
const UNFINISHED = /\/\*|[0-9.]+[eE]/y;

const MAX_INT = 2n ** 31n - 1n;

/** @throws {DynamoDbError} ValidationException at a character or literal that no token can be made of. */
export function tokensOf(statement: string): Token[] {
  const tokens: Token[] = [];
  let at = skipSpace(statement, 0);
  while (at < statement.length) {
    const token = tokenAt(statement, at);
    tokens.push(token);
    at = skipSpace(statement, token.end);
  }
  tokens.push({ kind: 'end', text: '', start: at, end: at });
  return joinPairs(tokens);
}

function skipSpace(statement: string, at: number): number {
  return at + (matchAt(SPACE, statement, at)?.[0].length ?? 0);
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

function tokenAt(statement: string, start: number): Token {
  const made = (kind: TokenKind, text: string, length: number): Token => ({
    kind,
    text,
    start,
    end: start + length,
  });
  const string = matchAt(STRING, statement, start);
  if (string) return made('string', (string[1] ?? '').replaceAll("''", "'"), string[0].length);
  const quoted = matchAt(QUOTED, statement, start);
  if (quoted) return made('quoted', (quoted[1] ?? '').replaceAll('""', '"'), quoted[0].length);
  const number = matchAt(NUMBER, statement, start);
  if (number) return made('number', readable(number[0], statement, start), number[0].length);
  const word = matchAt(WORD, statement, start)?.[0];
  if (word !== undefined)
    return isKeyword(word) ? made('word', word.toLowerCase(), word.length) : made('name', word, word.length);
  const symbol = matchAt(UNFINISHED, statement, start) ? null : matchAt(SYMBOL, statement, start);
  if (symbol) return made('symbol', symbol[0] === '!=' ? '<>' : symbol[0], symbol[0].length);
  throw malformed();
}

/** A number whose exponent or scale passes 32 bits is no literal at all; one too large for DynamoDB is. */
function readable(number: string, statement: string, start: number): string {
  const [, fraction = '', exponent = '0'] = /^\d*\.?(\d*)(?:[eE](.*))?$/.exec(number) ?? [];
  const scale = BigInt(fraction.length) - BigInt(exponent.replace('+', ''));
  const unfinished = /^[eE][+-]?(?!\d)/.test(
    statement.slice(start + number.length, start + number.length + 3),
  );
  const fits = [BigInt(exponent.replace('+', '')), scale].every((n) => n <= MAX_INT && n >= -MAX_INT - 1n);
  if (unfinished || !fits) throw malformed();
  return number;
}

const PAIRS: ReadonlySet<string> = new Set([
  'not in',
  'is not',
  'not between',
  'not like',
  'insert into',
  'modified old',
  'modified new',
  'all old',
  'all new',
  'character varying',
  'double precision',
]);

function joinPairs(tokens: readonly Token[]): Token[] {
  const joined: Token[] = [];
  for (const token of tokens) {
    const before = joined.at(-1);
    const pair = before?.kind === 'word' && token.kind === 'word' ? `${before.text} ${token.text}` : '';
    if (before && PAIRS.has(pair)) joined.splice(-1, 1, { ...before, text: pair, end: token.end });
    else joined.push(token);
  }
  return joined;
}

/** `line:column:length` of a token, counted in characters from 1, as DynamoDB's refusals tell it. */
export function positionOf({ start, end }: Token, statement: string): string {
  const lines = statement.slice(0, start).split('\n');
  const column = [...(lines.at(-1) ?? '')].length + 1;
  return `${lines.length}:${column}:${[...statement.slice(start, end)].length}`;
}
