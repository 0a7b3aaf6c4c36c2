import { isObject } from '../../../aws/json-object.ts';
import { asText } from './as-text.ts';
import { arithmetic, isSame } from './calculate.ts';
import { callMethod, NO_METHOD } from './methods.ts';
import {
  type Block,
  type Expression,
  type Operator,
  type Part,
  type Reference,
  TemplateError,
} from './syntax.ts';

/** Functions beside data, e.g. `$util`: by the name of the function. */
export type Functions = Readonly<Record<string, (given: readonly unknown[]) => unknown>>;

/** The names that a template knows: its own, once they are set, and those that are given. */
export interface Scope {
  values: Map<string, unknown>;
  functions: Readonly<Record<string, Functions>>;
}

/** "Number of iterations in a #foreach … loop in mapping templates: 1,000" (API Gateway guide, "Quotas for configuring and running a REST API"). */
const MAX_ITERATIONS = 1_000;

/** Of what a template fills, far beyond any payload. */
const MAX_CHARACTERS = 20_000_000;

type End = 'break' | 'stop' | undefined;

/** Fills a template. Throws TemplateError. */
export function fillTemplate(block: Block, scope: Scope): string {
  const written: string[] = [];
  let length = 0;
  write(block, scope, (text) => {
    length += text.length;
    if (length > MAX_CHARACTERS) throw new TemplateError('the mapping template makes too long a text');
    written.push(text);
  });
  return written.join('');
}

type Write = (text: string) => void;

function write(block: Block, scope: Scope, out: Write): End {
  for (const part of block) {
    const end = writePart(part, scope, out);
    if (end) return end;
  }
  return undefined;
}

function writePart(part: Part, scope: Scope, out: Write): End {
  switch (part.kind) {
    case 'text':
      out(part.text);
      return undefined;
    case 'reference': {
      const value = readValue(part.reference, scope);
      out(value === undefined && !part.reference.isQuiet ? part.reference.source : asText(value));
      return undefined;
    }
    case 'set':
      assign(part.target, evaluate(part.value, scope), scope);
      return undefined;
    case 'if': {
      const chosen = part.branches.find(({ condition }) => isTrue(evaluate(condition, scope)));
      return write(chosen?.body ?? part.otherwise, scope, out);
    }
    case 'foreach':
      return writeEach(part, scope, out);
    default:
      return part.kind;
  }
}

function writeEach(part: Extract<Part, { kind: 'foreach' }>, scope: Scope, out: Write): End {
  const list = evaluate(part.list, scope);
  const items = Array.isArray(list) ? [...list] : isObject(list) ? Object.values(list) : [];
  if (items.length > MAX_ITERATIONS)
    throw new TemplateError(`a #foreach of a mapping template has at most ${MAX_ITERATIONS} iterations`);
  const before = ['foreach', 'velocityCount', part.name].map(
    (name) => [name, scope.values.get(name)] as const,
  );
  for (const [index, value] of items.entries()) {
    const hasNext = index + 1 < items.length;
    scope.values.set('foreach', { index, count: index + 1, hasNext, first: index === 0, last: !hasNext });
    scope.values.set('velocityCount', index + 1);
    scope.values.set(part.name, value);
    const end = write(part.body, scope, out);
    if (end === 'stop') return end;
    if (end === 'break') break;
  }
  for (const [name, value] of before)
    if (value === undefined) scope.values.delete(name);
    else scope.values.set(name, value);
  return undefined;
}

/** `#set($a.b = 1)` makes the maps on the way. */
function assign({ name, steps, source }: Reference, value: unknown, scope: Scope): void {
  const last = steps.at(-1);
  if (!last) return void scope.values.set(name, value);
  if (scope.values.get(name) === undefined) scope.values.set(name, {});
  let at = scope.values.get(name);
  for (const step of steps.slice(0, -1)) {
    const key = keyOf(step, scope);
    if (memberOf(at, key) === undefined) put(at, key, {}, source);
    at = memberOf(at, key);
  }
  put(at, keyOf(last, scope), value, source);
}

function keyOf(step: Reference['steps'][number], scope: Scope): unknown {
  return step.kind === 'index' ? evaluate(step.at, scope) : step.name;
}

function put(holder: unknown, key: unknown, value: unknown, source: string): void {
  const method = Array.isArray(holder) ? 'set' : 'put';
  if (!isObject(holder) && !Array.isArray(holder)) throw new TemplateError(`${source} can't be set`);
  callMethod(holder, method, [key, value]);
}

/** Undefined for what isn't there. */
function readValue({ name, steps, source }: Reference, scope: Scope): unknown {
  const functions = Object.hasOwn(scope.functions, name) ? scope.functions[name] : undefined;
  let value = scope.values.get(name);
  for (const [index, step] of steps.entries()) {
    if (step.kind !== 'call') {
      value = memberOf(value, keyOf(step, scope));
      continue;
    }
    const given = step.given.map((each) => evaluate(each, scope));
    const own =
      index === 0 && functions && Object.hasOwn(functions, step.name) ? functions[step.name] : undefined;
    value = own ? own(given) : callMethod(value, step.name, given);
    if (value === NO_METHOD && functions && index === 0)
      throw new TemplateError(`${source} of a mapping template is not emulated`);
    if (value === NO_METHOD) return undefined;
  }
  return value;
}

function memberOf(holder: unknown, key: unknown): unknown {
  if (Array.isArray(holder)) return key === 'size' ? holder.length : holder[Number(key)];
  const name = asText(key);
  return isObject(holder) && Object.hasOwn(holder, name) ? holder[name] : undefined;
}

function evaluate(expression: Expression, scope: Scope): unknown {
  switch (expression.kind) {
    case 'reference':
      return readValue(expression, scope);
    case 'value':
      return expression.value;
    case 'text':
      return fillTemplate(expression.block, scope);
    case 'list':
      return expression.items.map((each) => evaluate(each, scope));
    case 'range':
      return rangeOf(Number(evaluate(expression.from, scope)), Number(evaluate(expression.to, scope)));
    case 'map':
      return Object.fromEntries(
        expression.entries.map(([key, value]) => [asText(evaluate(key, scope)), evaluate(value, scope)]),
      );
    case 'not':
      return !isTrue(evaluate(expression.of, scope));
    default:
      return calculated(expression.operator, expression.left, expression.right, scope);
  }
}

/** Either way, with both ends. */
function rangeOf(from: number, to: number): number[] {
  const length = Math.abs(to - from) + 1;
  if (!(length <= MAX_ITERATIONS + 1)) throw new TemplateError('a range of a mapping template is too long');
  return Array.from({ length }, (_, index) => (to < from ? from - index : from + index));
}

function calculated(operator: Operator, left: Expression, right: Expression, scope: Scope): unknown {
  const one = evaluate(left, scope);
  if (operator === '||') return isTrue(one) || isTrue(evaluate(right, scope));
  if (operator === '&&') return isTrue(one) && isTrue(evaluate(right, scope));
  const other = evaluate(right, scope);
  if (operator === '==') return isSame(one, other);
  if (operator === '!=') return !isSame(one, other);
  if (operator === '+' && (typeof one === 'string' || typeof other === 'string'))
    return asText(one) + asText(other);
  return arithmetic(operator, Number(one), Number(other));
}

/** Whatever is there and not false. */
function isTrue(value: unknown): boolean {
  return value !== undefined && value !== null && value !== false;
}
