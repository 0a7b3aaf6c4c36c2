import { createHash } from 'node:crypto';
import { isObject } from '../../../aws/json-object.ts';
import { IntrinsicError, type IntrinsicFunction, textOf } from './signature.ts';

/** The longest text that is encoded, decoded or hashed (Step Functions guide, "Intrinsic functions"). */
const MAX_CHARACTERS = 10_000;

const DIGESTS = new Map([
  ['MD5', 'md5'],
  ['SHA-1', 'sha1'],
  ['SHA-256', 'sha256'],
  ['SHA-384', 'sha384'],
  ['SHA-512', 'sha512'],
]);

export const TEXT_FUNCTIONS: Readonly<Record<string, IntrinsicFunction>> = {
  Format: { takes: [1, Number.POSITIVE_INFINITY], call: ([template, ...given]) => format(template, given) },
  StringToJson: {
    takes: [1, 1],
    call: ([text]) => parsed(textOf(text, 'The argument of States.StringToJson')),
  },
  JsonToString: { takes: [1, 1], call: ([value]) => JSON.stringify(value) },
  JsonMerge: {
    takes: [3, 3],
    call([one, other, isDeep]) {
      // Only a shallow merge exists so far (Step Functions guide, "Intrinsics for JSON data manipulation").
      if (isDeep !== false) throw new IntrinsicError('The third argument of States.JsonMerge must be false');
      if (!isObject(one) || !isObject(other))
        throw new IntrinsicError('The first two arguments of States.JsonMerge must be objects');
      return { ...one, ...other };
    },
  },
  StringSplit: {
    takes: [2, 2],
    call([text, separators]) {
      const letters = new Set(textOf(separators, 'The second argument of States.StringSplit'));
      return splitAt(textOf(text, 'The first argument of States.StringSplit'), letters);
    },
  },
  Base64Encode: {
    takes: [1, 1],
    call: ([text]) => Buffer.from(shortText(text, 'States.Base64Encode')).toString('base64'),
  },
  Base64Decode: {
    takes: [1, 1],
    call: ([text]) => Buffer.from(shortText(text, 'States.Base64Decode'), 'base64').toString(),
  },
  Hash: {
    takes: [2, 2],
    call([data, name]) {
      const digest = DIGESTS.get(textOf(name, 'The algorithm of States.Hash'));
      if (digest === undefined) throw new IntrinsicError(`States.Hash has no algorithm ${name}`);
      const text = typeof data === 'string' ? data : JSON.stringify(data);
      return createHash(digest).update(shortText(text, 'States.Hash')).digest('hex');
    },
  },
};

function shortText(value: unknown, name: string): string {
  const text = textOf(value, `The first argument of ${name}`);
  if (text.length > MAX_CHARACTERS)
    throw new IntrinsicError(`${name} takes no more than ${MAX_CHARACTERS} characters`);
  return text;
}

/** Of nothing but white space null is made (LocalStack's record "test_string_to_json" of AWS). */
function parsed(text: string): unknown {
  if (text.trim() === '') return null;
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new IntrinsicError(`States.StringToJson was given no JSON: ${text}`, { cause: error });
  }
}

/** Each letter of the separators is one, and empty parts are left out (record "test_string_split"). */
function splitAt(text: string, separators: ReadonlySet<string>): string[] {
  const parts: string[] = [];
  let part = '';
  for (const letter of text) {
    if (!separators.has(letter)) part += letter;
    else if (part !== '') {
      parts.push(part);
      part = '';
    }
  }
  return part === '' ? parts : [...parts, part];
}

function format(template: unknown, given: readonly unknown[]): string {
  const text = textOf(template, 'The template of States.Format');
  const places = text.match(/\\[{}]|\{\}/g)?.filter((place) => place === '{}').length ?? 0;
  if (places !== given.length)
    throw new IntrinsicError(`States.Format has ${places} places, and was given ${given.length} values`);
  const values = given.values();
  return text.replace(/\\([{}])|\{\}/g, (_all, brace?: string) => brace ?? shown(values.next().value));
}

/** A value as a formatted text has it: objects as `{a=1, b=[]}` (record "test_format_2"). */
function shown(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(shown).join(', ')}]`;
  if (!isObject(value)) return String(value);
  const members = Object.entries(value).map(([name, member]) => `${name}=${shown(member)}`);
  return `{${members.join(', ')}}`;
}
