import { DynamoDbError, validationError } from '../dynamodb-error.ts';
import { type AttributeValue, type Item, newItem } from '../values/attribute-value.ts';
import { canonicalNumber } from '../values/numbers.ts';
import type { Context } from './context.ts';
import type { Expression } from './syntax.ts';
import { positionOf } from './tokens.ts';

/**
 * The value that an expression of literals and parameters stands for. `at` is its place in the value of an
 * attribute, which DynamoDB tells in its refusals: `root`, `root.x`, `root[1]`.
 */
export function literalValue(expression: Expression, context: Context, at = 'root'): AttributeValue {
  switch (expression.kind) {
    case 'string':
      return { S: expression.text };
    case 'number':
      return { N: numberAt(expression.text, at) };
    case 'boolean':
      return { BOOL: expression.value };
    case 'null':
      return { NULL: true };
    case 'parameter':
      return parameterAt(expression.index, context);
    case 'list':
      return {
        L: expression.members.map((member, index) => literalValue(member, context, `${at}[${index}]`)),
      };
    case 'bag':
      return setOf(expression.members, context, at);
    case 'tuple':
      return { M: itemOf(expression.members, context, (name) => `${at}.${name}`) };
    default:
      throw validationError(
        `Unsupported data type: ${shown(expression)} under key ${at} at ${positionOf(expression.token, context.statement)}`,
      );
  }
}

/** The item or map that `{'name': value, …}` stands for. */
export function itemOf(
  members: Extract<Expression, { kind: 'tuple' }>['members'],
  context: Context,
  at: (name: string) => string,
): Item {
  const item = newItem();
  for (const [key, member] of members) {
    const name = literalValue(key, context);
    if (!('S' in name)) throw validationError('The names of attributes must be strings.');
    if (name.S in item) throw validationError(`The attribute ${name.S} is given more than once.`);
    item[name.S] = literalValue(member, context, at(name.S));
  }
  return item;
}

function shown(expression: Expression): string {
  return expression.kind === 'call' ? expression.name : expression.kind.toUpperCase();
}

function parameterAt(index: number, { parameters }: Context): AttributeValue {
  const value = parameters[index];
  if (value === undefined) throw wrongCount();
  return value;
}

export const wrongCount = (): DynamoDbError =>
  validationError("Number of parameters in request and statement don't match.");

/** A number's refusal by the rules of numbers, with its place (partiqlGrammar.test.ts of the conformance suite). */
function numberAt(text: string, at: string): string {
  try {
    return canonicalNumber(text);
  } catch (error) {
    if (error instanceof DynamoDbError) throw validationError(`${error.message} under ${at}`);
    throw error;
  }
}

/** `<<…>>`: a set of strings, of numbers or, by parameters, of binaries. */
function setOf(members: readonly Expression[], context: Context, at: string): AttributeValue {
  if (members.length === 0) throw validationError('Empty bags are not supported');
  const values = members.map((member) => literalValue(member, context, at));
  const written = members.map((member, index) => textOf(member, values[index]));
  const strings = values.flatMap((value) => ('S' in value ? [value.S] : []));
  const numbers = values.flatMap((value) => ('N' in value ? [value.N] : []));
  const binaries = values.flatMap((value) => ('B' in value ? [value.B] : []));
  if (strings.length === values.length) return { SS: distinct(strings, written, '.') };
  if (numbers.length === values.length) return { NS: distinct(numbers, written, `! under ${at}`) };
  if (binaries.length === values.length) return { BS: distinct(binaries, written, '.') };
  throw validationError('A bag must hold strings, numbers or binaries, and of these only one type.');
}

function textOf(member: Expression, value: AttributeValue | undefined): string {
  if (member.kind === 'number' || member.kind === 'string') return member.text;
  return value === undefined ? '' : String(Object.values(value)[0]);
}

/** DynamoDB tells the members as they are written: `[2, 2.0] contains duplicates! under root`. */
function distinct(members: readonly string[], written: readonly string[], end: string): readonly string[] {
  if (new Set(members).size === members.length) return members;
  throw validationError(
    `One or more parameter values were invalid: Input collection [${written.join(', ')}] contains duplicates${end}`,
  );
}
