import { isObject, type JsonObject } from '../../../aws/json-object.ts';
import { timestampOf } from '../language/value-checks.ts';
import { find, type PathRoots } from '../paths/find.ts';
import { parsePath } from '../paths/path.ts';
import { lookUp } from './lookup.ts';
import type { Step } from './step.ts';

const COMPARISON =
  /^(String|Numeric|Timestamp|Boolean)(Equals|LessThan|GreaterThan|LessThanEquals|GreaterThanEquals)(Path)?$/;

/** Judges a choice rule of JSONPath (states language, "Choice Rule"). Throws StateError where a path misses. */
export function applies(step: Step, rule: JsonObject, roots: PathRoots): boolean {
  if (isObject(rule.Not)) return !applies(step, rule.Not, roots);
  if (Array.isArray(rule.And))
    return rule.And.every((inner) => isObject(inner) && applies(step, inner, roots));
  if (Array.isArray(rule.Or)) return rule.Or.some((inner) => isObject(inner) && applies(step, inner, roots));
  const variable = String(rule.Variable);
  if (typeof rule.IsPresent === 'boolean') return find(parsePath(variable), roots).found === rule.IsPresent;
  const value = lookUp(step, variable, roots);
  for (const [operator, operand] of Object.entries(rule)) {
    const test = TYPE_TESTS[operator];
    if (test) return test(value) === operand;
    if (operator === 'StringMatches')
      return typeof value === 'string' && matcherOf(String(operand)).test(value);
    const [, type = '', relation = '', path] = COMPARISON.exec(operator) ?? [];
    if (type === '') continue;
    return compares(type, relation, value, path ? lookUp(step, String(operand), roots) : operand);
  }
  return false;
}

const TYPE_TESTS: Readonly<Record<string, (value: unknown) => boolean>> = {
  IsNull: (value) => value === null,
  IsNumeric: (value) => typeof value === 'number',
  IsString: (value) => typeof value === 'string',
  IsBoolean: (value) => typeof value === 'boolean',
  IsTimestamp: (value) => timestampOf(value) !== undefined,
};

/** Values of another type than the operator's compare to nothing (Step Functions guide, "Choice workflow state"). */
function compares(type: string, relation: string, value: unknown, operand: unknown): boolean {
  if (type === 'Boolean') return typeof value === 'boolean' && value === operand;
  const one = comparable(type, value);
  const other = comparable(type, operand);
  if (one === undefined || other === undefined) return false;
  if (relation.startsWith('LessThan') && one < other) return true;
  if (relation.startsWith('GreaterThan') && one > other) return true;
  return relation.endsWith('Equals') && one === other;
}

function comparable(type: string, value: unknown): string | number | undefined {
  if (type === 'Timestamp') return timestampOf(value);
  if (type === 'Numeric') return typeof value === 'number' ? value : undefined;
  return typeof value === 'string' ? value : undefined;
}

/** `*` stands for any characters, `\*` for itself (states language, "StringMatches"). */
function matcherOf(pattern: string): RegExp {
  const parts = pattern.match(/\\.|\*|[^\\*]+|\\$/gs) ?? [];
  const source = parts.map((part) => (part === '*' ? '.*' : literally(part.replace(/^\\(.)/s, '$1'))));
  return new RegExp(`^${source.join('')}$`, 's');
}

function literally(text: string): string {
  return text.replace(/[$()*+.?[\\\]^{|}/-]/g, '\\$&');
}
