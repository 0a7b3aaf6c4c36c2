import { inOneStep, not, type Test } from './expression.ts';
import { InvalidPatternError } from './invalid-pattern-error.ts';
import { compileRegex, REGEX } from './regex.ts';
import { QUOTED, type Scanner, unquote } from './scanner.ts';

/** A field as it is written, and the number that it is. */
export interface Value {
  text: string;
  number?: number;
}

/** Tells whether a field is as a condition wants it. */
export type Comparison = Test<Value>;

const OPERATOR = /!=|<=|>=|=|<|>/;
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const UNQUOTED = /[\w.*+-]+/;

/** An operator and its value, e.g. `>= 500`, `!= 4*`, `= "a phrase"`, `= %expression%`. Undefined when there is none. */
export function readComparison(scanner: Scanner, onRegex: () => void): Comparison | undefined {
  const operator = scanner.take(OPERATOR);
  if (operator === undefined) return undefined;
  const regex = scanner.take(REGEX);
  if (regex !== undefined) {
    onRegex();
    const isIn = compileRegex(regex);
    return equality(operator, ({ text }) => isIn(text));
  }
  const quoted = scanner.take(QUOTED);
  if (quoted !== undefined) return equality(operator, matching(unquote(quoted)));
  const text = scanner.take(UNQUOTED);
  if (text === undefined) throw scanner.unexpected('a value');
  return NUMBER.test(text) ? numeric(operator, text) : equality(operator, matching(text));
}

/** A field that is text, but may be read as a number. */
export function textValue(text: string): Value {
  return NUMBER.test(text) ? { text, number: Number(text) } : { text };
}

function equality(operator: string, equals: Comparison): Comparison {
  if (operator === '=') return equals;
  if (operator === '!=') return not(equals);
  throw new InvalidPatternError(`The operator ${operator} needs a number`);
}

function numeric(operator: string, text: string): Comparison {
  const wanted = Number(text);
  switch (operator) {
    case '<':
      return inOneStep(({ number }) => number !== undefined && number < wanted);
    case '>':
      return inOneStep(({ number }) => number !== undefined && number > wanted);
    case '<=':
      return inOneStep(({ number }) => number !== undefined && number <= wanted);
    case '>=':
      return inOneStep(({ number }) => number !== undefined && number >= wanted);
    default:
      return equality(
        operator,
        inOneStep((value) => value.number === wanted || value.text === text),
      );
  }
}

/** An asterisk stands for any text, at the beginning or the end; elsewhere it is itself (guide of 2022, "Matching Terms in JSON Log Events"). */
function matching(wanted: string): Comparison {
  const openStart = wanted.startsWith('*');
  const openEnd = wanted.length > 1 && wanted.endsWith('*');
  const core = wanted.slice(openStart ? 1 : 0, openEnd ? -1 : undefined);
  return inOneStep(({ text }) => {
    if (openStart && openEnd) return text.includes(core);
    if (openStart) return text.endsWith(core);
    return openEnd ? text.startsWith(core) : text === core;
  });
}
