import { isObject } from '../../../aws/json-object.ts';
import { isText } from '../json.ts';
import { InvalidPatternError } from './invalid-pattern-error.ts';
import { onText, type ValueTest } from './value-test.ts';

const IGNORE_CASE = 'equals-ignore-case';

/** `{ "equals-ignore-case": "text" }` */
export function parseEqualsIgnoreCase(operand: unknown): ValueTest {
  const folded = textOf(operand, IGNORE_CASE).toLowerCase();
  return onText((text) => text.toLowerCase() === folded);
}

/** `{ "prefix": "text" }` or `{ "prefix": { "equals-ignore-case": "text" } }`; an empty prefix fits every string. */
export function parsePrefix(operand: unknown): ValueTest {
  if (isObject(operand)) {
    const folded = foldedOperand(operand, 'prefix');
    return onText((text) => text.toLowerCase().startsWith(folded));
  }
  const prefix = textOf(operand, 'prefix');
  return onText((text) => text.startsWith(prefix));
}

/** `{ "suffix": "text" }` or `{ "suffix": { "equals-ignore-case": "text" } }`; an empty suffix fits every string. */
export function parseSuffix(operand: unknown): ValueTest {
  if (isObject(operand)) {
    const folded = foldedOperand(operand, 'suffix');
    return onText((text) => text.toLowerCase().endsWith(folded));
  }
  const suffix = textOf(operand, 'suffix');
  return onText((text) => text.endsWith(suffix));
}

/** The operand as a string, or AWS's complaint that it is none. */
export function textOf(operand: unknown, operator: string): string {
  if (!isText(operand)) throw new InvalidPatternError(`${operator} match pattern must be a string`);
  return operand;
}

function foldedOperand(operand: Record<string, unknown>, operator: string): string {
  const [name, ...others] = Object.keys(operand);
  if (name !== IGNORE_CASE || others.length > 0)
    throw new InvalidPatternError(`Inside ${operator} only ${IGNORE_CASE} is allowed`);
  return textOf(operand[IGNORE_CASE], IGNORE_CASE).toLowerCase();
}
