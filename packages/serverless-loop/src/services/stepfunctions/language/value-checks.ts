import { isObject } from '../../../aws/json-object.ts';
import { isCall, parseCall } from '../intrinsics/call.ts';
import { parsePath } from '../paths/path.ts';
import { isReferencePath } from '../paths/place.ts';

/** Says what is wrong with a value; undefined when nothing is. */
export type ValueCheck = (value: unknown) => string | undefined;

const EXPRESSION = /^\{%[\s\S]*%\}$/;

/** True for a text that is an expression of JSONata (Step Functions guide, "Transforming data with JSONata"). */
export function isExpression(value: unknown): value is string {
  return typeof value === 'string' && EXPRESSION.test(value);
}

const TIMESTAMP = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;

/** Epoch milliseconds of a time stamp of the states language: RFC 3339 with an uppercase `T` and `Z`; undefined for another text. */
export function timestampOf(value: unknown): number | undefined {
  if (typeof value !== 'string' || !TIMESTAMP.test(value)) return undefined;
  const timeMs = Date.parse(value);
  return Number.isNaN(timeMs) ? undefined : timeMs;
}

export const anything: ValueCheck = () => undefined;

export const text: ValueCheck = (value) =>
  typeof value === 'string' ? undefined : 'Expected value of type String';

export const flag: ValueCheck = (value) =>
  typeof value === 'boolean' ? undefined : 'Expected value of type Boolean';

export const object: ValueCheck = (value) => (isObject(value) ? undefined : 'Expected value of type Object');

/** Retriers and catchers may be none (LocalStack's record "test_catch_empty" of AWS, v2/scenarios/test_base_scenarios.snapshot.json). */
export const anyList: ValueCheck = (value) =>
  Array.isArray(value) ? undefined : 'Expected value of type Array';

export const list: ValueCheck = (value) =>
  anyList(value) ?? (Array.isArray(value) && value.length === 0 ? 'Value cannot be empty' : undefined);

export function integer(min: number, max: number): ValueCheck {
  return (value) => {
    if (typeof value !== 'number' || !Number.isInteger(value)) return 'Expected value of type Integer';
    return within(value, min, max, String);
  };
}

export function number(min: number, max: number): ValueCheck {
  return (value) => {
    if (typeof value !== 'number') return 'Expected value of type Double';
    return within(value, min, max, (bound) => (Number.isInteger(bound) ? bound.toFixed(1) : String(bound)));
  };
}

function within(
  value: number,
  min: number,
  max: number,
  shown: (bound: number) => string,
): string | undefined {
  if (value < min) return `Minimum value is ${shown(min)}`;
  return value > max ? `Maximum value is ${shown(max)}` : undefined;
}

export function oneOf(values: readonly string[], field: string): ValueCheck {
  const refusal = `The field '${field}' should have one of these values: [${values.join(', ')}]`;
  return (value) => (typeof value === 'string' && values.includes(value) ? undefined : refusal);
}

export const timestamp: ValueCheck = (value) =>
  timestampOf(value) === undefined ? 'String does not match RFC3339 timestamp' : undefined;

export const path: ValueCheck = (value) =>
  isRead(value, parsePath) ? undefined : 'Value is not a valid JSONPath';

/** A path, or null for none at all. */
export const pathOrNull: ValueCheck = (value) => (value === null ? undefined : path(value));

export const referencePathOrNull: ValueCheck = (value) => {
  const isOne = (given: string) => isReferencePath(parsePath(given)) || undefined;
  return value === null || isRead(value, isOne) ? undefined : 'Value is not a Reference Path';
};

/** A Reference Path, of a variable too (LocalStack's record "test_reference_in_map_state[MAP_STATE_REFERENCE_IN_MAX_CONCURRENCY_PATH]" of AWS, v2/assign). */
export const referencePathOrVariable: ValueCheck = (value) => {
  const isVariable = typeof value === 'string' && /^\$[A-Za-z_]/.test(value);
  return isVariable ? path(value) : referencePathOrNull(value);
};

/** A path or a call that gives a text, as `ErrorPath` and `CausePath` take them. */
export const pathOrCall: ValueCheck = (value) =>
  isRead(value, (given) => (isCall(given) ? parseCall(given) : parsePath(given)))
    ? undefined
    : 'Value is not a valid JSONPath or intrinsic function call';

/** A payload template of JSONPath: members whose names end in `.$` hold paths or calls (states language, "Payload Template"). */
export const template: ValueCheck = (value) => {
  if (Array.isArray(value)) return firstOf(value.map(template));
  if (!isObject(value)) return undefined;
  return firstOf(
    Object.entries(value).map(([name, member]) =>
      name.endsWith('.$') && pathOrCall(member) !== undefined
        ? `The value for the field '${name}' must be a valid JSONPath or a valid intrinsic function call`
        : template(member),
    ),
  );
};

/** Takes an expression of JSONata, which is judged when it is evaluated, beside what the other check takes. */
export function orExpression(check: ValueCheck): ValueCheck {
  return (value) => (isExpression(value) ? undefined : check(value));
}

function isRead(value: unknown, read: (given: string) => unknown): boolean {
  if (typeof value !== 'string') return false;
  try {
    return read(value) !== undefined;
  } catch {
    return false;
  }
}

function firstOf(problems: readonly (string | undefined)[]): string | undefined {
  return problems.find((problem) => problem !== undefined);
}
