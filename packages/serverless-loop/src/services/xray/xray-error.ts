import type { Dialect } from '../../aws/dialect.ts';
import { AwsError } from '../../aws/errors.ts';
import type { Problem } from '../../aws/member-problem.ts';
import type { Kind } from '../../aws/members.ts';
import { shown } from '../../aws/shown.ts';

export function invalidRequest(message: string): AwsError {
  return new AwsError('InvalidRequestException', message);
}

/** X-Ray has one code for all that is wrong with a request, and the first thing that is wrong is told. */
export const XRAY_DIALECT: Dialect = {
  wrongType(problem) {
    const { kind, value, items } = problem;
    const [expected, found] = items ? [listOf(kind), items] : [nounOf(kind), value];
    return invalidRequest(`${nameOf(problem)} must be ${expected}, found ${inShort(found)}`);
  },
  refusal: ([first]) => invalidRequest(first ? refusalOf(first) : 'The request is not valid'),
};

const NOUNS: Partial<Record<Kind['kind'], string>> = {
  text: 'a string',
  timestamp: 'a time in epoch seconds',
  integer: 'an integer',
  boolean: 'a boolean',
};

function nounOf(kind: Kind): string {
  return kind.kind === 'list' ? listOf(kind.item) : (NOUNS[kind.kind] ?? 'an object');
}

function listOf({ kind }: Kind): string {
  return kind === 'text' ? 'a list of strings' : 'a list of objects';
}

function refusalOf(problem: Problem): string {
  const { rule, kind, value } = problem;
  const name = nameOf(problem);
  if (rule === 'oneOf' && kind.kind === 'text')
    return `${name} must be one of ${kind.oneOf?.join(', ')}, found ${value}`;
  if (rule === 'min') return `${name} must not be empty`;
  if (rule === 'max' && kind.kind === 'list')
    return `${name} must have at most ${kind.max} items, found ${Array.isArray(value) ? value.length : 'more'}`;
  return `Missing required parameter: ${name}`;
}

/** Items of lists are not numbered. */
function nameOf({ path }: Problem): string {
  return path.flatMap((step) => ('member' in step ? [step.member] : [])).join('.');
}

function inShort(value: unknown): string {
  const text = typeof value === 'string' ? JSON.stringify(value.slice(0, 60)) : shown(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
