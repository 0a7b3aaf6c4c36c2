import type { TokenReader } from './token-reader.ts';

export type Value = string | number | boolean;

/** Compares a value that a trace has with the one in the expression; values of different types are just different. */
export type Comparison = (actual: Value) => boolean;

type Operator = (actual: Value, wanted: Value) => boolean;

const ordered =
  (holds: (actual: number, wanted: number) => boolean): Operator =>
  (actual, wanted) =>
    typeof actual === 'number' && typeof wanted === 'number' && holds(actual, wanted);

const worded =
  (holds: (actual: string, wanted: string) => boolean): Operator =>
  (actual, wanted) =>
    typeof actual === 'string' && typeof wanted === 'string' && holds(actual, wanted);

const FOR_ALL: Record<string, Operator> = {
  '=': (actual, wanted) => actual === wanted,
  '!=': (actual, wanted) => actual !== wanted,
};

const FOR_NUMBERS: Record<string, Operator> = {
  '<': ordered((actual, wanted) => actual < wanted),
  '<=': ordered((actual, wanted) => actual <= wanted),
  '>': ordered((actual, wanted) => actual > wanted),
  '>=': ordered((actual, wanted) => actual >= wanted),
};

const FOR_STRINGS: Record<string, Operator> = {
  CONTAINS: worded((actual, wanted) => actual.includes(wanted)),
  BEGINSWITH: worded((actual, wanted) => actual.startsWith(wanted)),
  ENDSWITH: worded((actual, wanted) => actual.endsWith(wanted)),
};

const OPERATORS = {
  boolean: FOR_ALL,
  number: { ...FOR_ALL, ...FOR_NUMBERS },
  string: { ...FOR_ALL, ...FOR_STRINGS },
  any: { ...FOR_ALL, ...FOR_NUMBERS, ...FOR_STRINGS },
} as const;

/** Reads an operator and a value, or nothing when no operator follows. Throws AwsError for those that don't fit. */
export function readComparison(reader: TokenReader, type: keyof typeof OPERATORS): Comparison | undefined {
  const token = reader.peek();
  if (token === undefined || (token.kind !== 'symbol' && token.kind !== 'word')) return undefined;
  const name = token.text.toUpperCase();
  if (!Object.hasOwn(OPERATORS.any, name)) return undefined;
  const allowed: Record<string, Operator> = OPERATORS[type];
  const operator = Object.hasOwn(allowed, name) ? allowed[name] : undefined;
  if (!operator) throw reader.unexpected(`an operator for a ${type} (${Object.keys(allowed).join(' ')})`);
  reader.take();
  const wanted = readValue(reader, type);
  return (actual) => operator(actual, wanted);
}

function readValue(reader: TokenReader, type: keyof typeof OPERATORS): Value {
  const token = reader.peek();
  if (token?.kind === 'number' && (type === 'number' || type === 'any')) {
    reader.take();
    return token.value;
  }
  if (token?.kind === 'string' && (type === 'string' || type === 'any')) return reader.expectString();
  if (type === 'boolean' || type === 'any') {
    if (reader.takeIf('TRUE')) return true;
    if (reader.takeIf('FALSE')) return false;
  }
  const words = { boolean: 'true or false', number: 'a number', string: 'a string in quotes' } as const;
  throw reader.unexpected(type === 'any' ? 'a string in quotes, a number, true or false' : words[type]);
}
