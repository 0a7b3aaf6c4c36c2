import { AwsError } from '../aws/errors.ts';
import { isObject } from '../aws/json-object.ts';
import type { JsonObject } from '../aws/operation.ts';
import type { Message, MessageAttribute } from './message.ts';

/** Of the message with its attributes (SNS API reference, "Publish"). */
const MOST_BYTES = 262_144;
const LONGEST_SUBJECT = 100;

/** What Publish takes besides the topic. Throws AwsError. */
export function parseMessage(input: JsonObject): Message {
  const text = textOf(input.Message);
  if (text === '') throw invalidParameter('Empty message');
  const subject = input.Subject === undefined ? undefined : textOf(input.Subject);
  if (
    subject !== undefined &&
    (subject === '' || subject.length > LONGEST_SUBJECT || /\p{Cc}/u.test(subject))
  )
    throw invalidParameter('Subject');
  const attributes = parseAttributes(input.MessageAttributes);
  const sizeBytes = Object.entries(attributes).reduce(
    (sum, [name, { dataType, value }]) => sum + Buffer.byteLength(name + dataType + value),
    Buffer.byteLength(text),
  );
  if (sizeBytes > MOST_BYTES) throw invalidParameter('Message too long');
  return {
    ...(input.MessageStructure === 'json' ? parseBodies(text) : { body: text }),
    ...(subject !== undefined && { subject }),
    ...(Object.keys(attributes).length > 0 && { attributes }),
  };
}

/** With MessageStructure `json`: a text for each protocol, and a default. */
function parseBodies(text: string): Pick<Message, 'body' | 'bodies'> {
  let bodies: unknown;
  try {
    bodies = JSON.parse(text);
  } catch {
    throw invalidParameter('Message Structure - JSON message body failed to parse');
  }
  const entries = isObject(bodies) ? Object.entries(bodies) : [];
  const texts: Record<string, string> = Object.fromEntries(
    entries.flatMap(([protocol, body]) => (typeof body === 'string' ? [[protocol, body]] : [])),
  );
  if (!Object.hasOwn(texts, 'default'))
    throw invalidParameter('Message Structure - No default entry in JSON message body');
  return { body: texts.default ?? '', bodies: texts };
}

function parseAttributes(value: unknown): Record<string, MessageAttribute> {
  if (value === undefined) return {};
  if (!isObject(value)) throw invalidParameter('MessageAttributes');
  return Object.fromEntries(
    Object.entries(value).map(([name, attribute]) => {
      const { DataType, StringValue, BinaryValue } = isObject(attribute) ? attribute : {};
      const content = StringValue ?? BinaryValue;
      if (typeof DataType !== 'string' || typeof content !== 'string')
        throw invalidParameter(
          `The message attribute '${name}' must contain non-empty message attribute value.`,
        );
      return [name, { dataType: DataType, value: content }];
    }),
  );
}

export function invalidParameter(reason: string): AwsError {
  return new AwsError('InvalidParameter', `Invalid parameter: ${reason}`);
}

export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
