import { AwsError } from '../../aws/errors.ts';
import { isObject } from '../../aws/json-object.ts';
import type { JsonObject } from '../../aws/operation.ts';
import { constraint, invalidParameter } from './errors.ts';

interface TextRule {
  longest?: number;
  shortest?: number;
  /** What is said of a longer one, where it isn't what the framework says. */
  tooLong?: string;
  /** The whole text must match. */
  pattern?: RegExp;
}

/** The rules of the model (CloudWatch Logs reference, each operation's request parameters). */
const LONGEST_NAME = {
  longest: 512,
  tooLong: 'Invalid LogGroup or LogStream, both must have length less than or equal to 512.',
};
export const GROUP_NAME: TextRule = { ...LONGEST_NAME, pattern: /[.\-_/#A-Za-z0-9]+/ };
export const IDENTIFIER: TextRule = { longest: 2048, pattern: /[\w#+=/:,.@-]*/ };
export const STREAM_NAME: TextRule = { ...LONGEST_NAME, pattern: /[^:*]*/ };
export const PATTERN: TextRule = { shortest: 0, longest: 1024 };

/** Throws AwsError when the member is no text or breaks the rule. */
export function optionalText(input: JsonObject, name: string, rule: TextRule = {}): string | undefined {
  const value = input[name] ?? undefined;
  if (value === undefined) return undefined;
  if (typeof value !== 'string') throw wrongType(name, 'a string');
  return checked(value, name, rule);
}

export function requiredText(input: JsonObject, name: string, rule?: TextRule): string {
  const text = optionalText(input, name, rule);
  if (text === undefined) throw constraint(undefined, name, 'not be null');
  return text;
}

export function optionalInteger(
  input: JsonObject,
  name: string,
  least = 0,
  most = Number.MAX_SAFE_INTEGER,
): number | undefined {
  const value = input[name] ?? undefined;
  if (value === undefined) return undefined;
  if (typeof value !== 'number' || !Number.isInteger(value)) throw wrongType(name, 'an integer');
  if (value < least) throw constraint(value, name, `have value greater than or equal to ${least}`);
  if (value > most) throw constraint(value, name, `have value less than or equal to ${most}`);
  return value;
}

export function requiredInteger(input: JsonObject, name: string): number {
  const value = optionalInteger(input, name);
  if (value === undefined) throw constraint(undefined, name, 'not be null');
  return value;
}

export function optionalBoolean(input: JsonObject, name: string): boolean | undefined {
  const value = input[name] ?? undefined;
  if (value === undefined || typeof value === 'boolean') return value;
  throw wrongType(name, 'a boolean');
}

export function optionalChoice<Choice extends string>(
  input: JsonObject,
  name: string,
  choices: readonly Choice[],
): Choice | undefined {
  const text = optionalText(input, name);
  if (text === undefined) return undefined;
  const choice = choices.find((candidate) => candidate === text);
  if (choice === undefined) throw constraint(text, name, `satisfy enum value set: [${choices.join(', ')}]`);
  return choice;
}

export function optionalTexts(input: JsonObject, name: string, rule: TextRule = {}): string[] | undefined {
  const value = input[name] ?? undefined;
  if (value === undefined) return undefined;
  if (!Array.isArray(value)) throw wrongType(name, 'a list');
  return value.map((item: unknown) => {
    if (typeof item !== 'string') throw wrongType(name, 'a list of strings');
    return checked(item, name, rule);
  });
}

export function optionalTextMap(input: JsonObject, name: string): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const [key, value] of Object.entries(objectOf(input[name] ?? {}, name))) {
    if (typeof value !== 'string') throw wrongType(name, 'a map of strings');
    texts[key] = value;
  }
  return texts;
}

export function objectOf(value: unknown, name: string): JsonObject {
  if (isObject(value)) return value;
  throw wrongType(name, 'an object');
}

export function wrongType(name: string, expected: string): AwsError {
  return new AwsError('SerializationException', `${name} must be ${expected}.`);
}

function checked(text: string, name: string, { shortest = 1, longest, tooLong, pattern }: TextRule): string {
  if (text.length < shortest)
    throw constraint(text, name, `have length greater than or equal to ${shortest}`);
  if (longest !== undefined && text.length > longest) {
    if (tooLong !== undefined) throw invalidParameter(tooLong);
    throw constraint(text, name, `have length less than or equal to ${longest}`);
  }
  if (pattern && !new RegExp(`^(?:${pattern.source})$`).test(text)) {
    throw constraint(text, name, `satisfy regular expression pattern: ${pattern.source}`);
  }
  return text;
}
