import { AwsError } from './errors.ts';
import { lowerFirst } from './first-letter.ts';
import type { Kind } from './member-kinds.ts';
import type { Problem, Step } from './member-problem.ts';
import type { EmptyText } from './read-members.ts';
import { shown } from './shown.ts';

/** A service's words for an input that is not as its operation's description has it. */
export interface Dialect {
  /** Absent: as given. */
  emptyText?: EmptyText;
  /** The error for another kind of JSON value. */
  wrongType(problem: Problem): AwsError;
  /** The error for values beyond their limits, of which there is at least one. */
  refusal(problems: readonly Problem[]): AwsError;
}

/** Throws the error for what was found, if anything was. */
export function refuse(problems: readonly Problem[], dialect: Dialect): void {
  if (problems.length === 0) return;
  const wrong = problems.find(({ rule }) => rule === 'type');
  throw wrong ? dialect.wrongType(wrong) : dialect.refusal(problems);
}

/**
 * The words of the framework that most of AWS's services stand on: `1 validation error detected: Value 'x' at 'entries.1.member.id'
 * failed to satisfy constraint: Member must …`, one after the other where there are several (LocalStack's record,
 * tests/aws/services/events/test_events.snapshot.json).
 */
export function frameworkDialect(code = 'ValidationException', more: Partial<Dialect> = {}): Dialect {
  return {
    wrongType: serializationError,
    refusal: (problems) => new AwsError(code, validationErrors(problems)),
    ...more,
  };
}

/** The same words, and the query protocol's codes. */
export function queryDialect(more: Partial<Dialect> = {}): Dialect {
  return frameworkDialect('ValidationError', { wrongType: malformedInput, ...more });
}

function malformedInput(problem: Problem): AwsError {
  return new AwsError('MalformedInput', expectation(problem));
}

/** `SerializationException`, with the member and what it must be. */
export function serializationError(problem: Problem): AwsError {
  return new AwsError('SerializationException', expectation(problem));
}

function expectation(problem: Problem): string {
  return `${memberName(problem)} must be ${EXPECTED[problem.kind.kind]}.`;
}

const EXPECTED: Record<Kind['kind'], string> = {
  text: 'a string',
  integer: 'an integer',
  number: 'a number',
  boolean: 'a boolean',
  timestamp: 'a time stamp',
  blob: 'a base64 string',
  list: 'a list',
  map: 'an object',
  structure: 'an object',
  union: 'an object',
  unread: 'an object',
  stream: 'a body',
  document: 'a JSON value',
};

/** The path to a value, by the names of the API: `Entries.1.Id`. */
export function memberName({ path }: Problem): string {
  return path
    .map((step) => ('member' in step ? step.member : 'item' in step ? step.item : step.key))
    .join('.');
}

/** All problems in one message; `tellsValues`: with the values that are given, and those that could be. */
export function validationErrors(problems: readonly Problem[], { tellsValues = true } = {}): string {
  const one = problems.length === 1 ? 'error' : 'errors';
  const all = problems.map((problem) => violated(problem, tellsValues)).join('; ');
  return `${problems.length} validation ${one} detected: ${all}`;
}

/** `Value 'x' at 'name' failed to satisfy constraint: Member must …`. Of a text in a list all the list is told. */
function violated(problem: Problem, tellsValues: boolean): string {
  const { path, items } = problem;
  const ownRule = ruleOf(problem, tellsValues);
  const [where, rule] = items
    ? [path.slice(0, -1), `Member must satisfy constraint: [${ownRule}]`]
    : [path, ownRule];
  const value = items ?? problem.value;
  const isTold = value === undefined || (tellsValues && !problem.kind.sensitive);
  const said = isTold ? `Value ${written(value)}` : 'Value';
  return `${said} at '${where.map(stepOf).join('.')}' failed to satisfy constraint: ${rule}`;
}

function stepOf(step: Step): string {
  if ('item' in step) return `${step.item}.member`;
  if ('key' in step) return `${step.key}.member`;
  return lowerFirst(step.member);
}

function written(value: unknown): string {
  if (value === undefined) return 'null';
  return Array.isArray(value) ? `'[${value.map(shown).join(', ')}]'` : `'${shown(value)}'`;
}

function ruleOf({ rule, kind }: Problem, tellsValues: boolean): string {
  const measure = kind.kind === 'integer' || kind.kind === 'number' ? 'value' : 'length';
  if (rule === 'min' && 'min' in kind)
    return `Member must have ${measure} greater than or equal to ${kind.min}`;
  if (rule === 'max' && 'max' in kind) return `Member must have ${measure} less than or equal to ${kind.max}`;
  if (rule === 'pattern' && kind.kind === 'text')
    return `Member must satisfy regular expression pattern: ${kind.pattern}`;
  if (rule === 'oneOf' && kind.kind === 'text')
    return `Member must satisfy enum value set${tellsValues ? `: [${kind.oneOf?.join(', ')}]` : ''}`;
  return 'Member must not be null';
}
