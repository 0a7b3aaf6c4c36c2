import { Readable } from 'node:stream';
import { upperFirst } from '../../../aws/first-letter.ts';
import { isObject, type JsonObject } from '../../../aws/json-object.ts';
import type { Kind, Structure } from '../../../aws/members.ts';
import { secondsOf } from '../../../aws/wire-values.ts';

/**
 * Makes an operation's input from a task's parameters, whose names begin in upper case whatever the API's do (Step Functions
 * guide, "Learning to use AWS service SDK integrations"). A member that is a text takes other JSON as its text.
 */
export function requestOf(structure: Structure, parameters: JsonObject): JsonObject {
  const names = new Map(structure.entries.map(([name]) => [upperFirst(name), name]));
  const empty = structure.entries.flatMap(([name, { kind, required }]) =>
    kind === 'stream' && required ? [[name, Readable.from([])]] : [],
  );
  return {
    ...Object.fromEntries(empty),
    ...Object.fromEntries(
      Object.entries(parameters).map(([given, value]) => {
        const name = names.get(upperFirst(given)) ?? given;
        const kind = structure.members[name];
        return [name, kind ? wireValue(kind, value) : value];
      }),
    ),
  };
}

/** Members that a service doesn't know are left to it to refuse or to pass over. */
function wireValue(kind: Kind, value: unknown): unknown {
  if (value === null || value === undefined) return value;
  switch (kind.kind) {
    case 'text':
      return typeof value === 'string' ? value : JSON.stringify(value);
    case 'blob': {
      const bytes = Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));
      return kind.at === 'payload' ? bytes : bytes.toString('base64');
    }
    case 'timestamp':
      return typeof value === 'string' && (kind.form ?? 'seconds') === 'seconds' ? secondsOf(value) : value;
    case 'stream':
      // A text as the JSON that it is (LocalStack's record "test_s3_put_object[str]" of AWS).
      return Readable.from([Buffer.isBuffer(value) ? value : Buffer.from(JSON.stringify(value))]);
    case 'list':
      return Array.isArray(value) ? value.map((item) => wireValue(kind.item, item)) : value;
    case 'map':
      return isObject(value) ? mapped(value, (member) => wireValue(kind.value, member)) : value;
    case 'structure':
    case 'union':
      return isObject(value) ? requestOf(kind, value) : value;
    case 'unread':
      return isObject(value) ? requestOf(kind.of, value) : value;
    default:
      return value;
  }
}

/** An SDK's way with times: texts, or epoch milliseconds in the older one. */
export type Times = 'text' | 'number';

/** Makes a task's result of an operation's answer: names begin in upper case, and bytes are the text that they hold. */
export function resultOf(structure: Structure | undefined, answer: JsonObject, times: Times): JsonObject {
  if (!structure) return answer;
  return Object.fromEntries(
    structure.entries
      .map(([name, kind]) => [name, kind, answer[name] ?? absentOf(kind)] as const)
      .filter(([, , value]) => value !== undefined)
      .map(([name, kind, value]) => [upperFirst(name), resultValue(kind, value, times)]),
  );
}

/** A map of headers is there though it be empty (LocalStack's records "test_s3_get_object" of AWS, v2/services/test_aws_sdk_task_service.snapshot.json). */
function absentOf({ kind, at }: Kind): unknown {
  return kind === 'map' && at === 'headers' ? {} : undefined;
}

function resultValue(kind: Kind, value: unknown, times: Times): unknown {
  if (Buffer.isBuffer(value)) return value.toString();
  switch (kind.kind) {
    case 'timestamp':
      return typeof value === 'number' && times === 'text' ? new Date(value).toISOString() : value;
    case 'list':
      return Array.isArray(value) ? value.map((item) => resultValue(kind.item, item, times)) : value;
    case 'map':
      return isObject(value) ? mapped(value, (member) => resultValue(kind.value, member, times)) : value;
    case 'structure':
    case 'union':
      return isObject(value) ? resultOf(kind, value, times) : value;
    default:
      return value;
  }
}

function mapped(value: JsonObject, change: (member: unknown) => unknown): JsonObject {
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, change(member)]));
}
