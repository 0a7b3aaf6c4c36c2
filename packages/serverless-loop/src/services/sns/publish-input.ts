import { contentId } from '../../aws/fifo/deduplication.ts';
import { parseJsonWithin, SHORT_LIMITS } from '../../aws/json-limits.ts';
import { isObject } from '../../aws/json-object.ts';
import { map, type Read, required, text } from '../../aws/members.ts';
import type { FifoTopicModel } from '../../template/model.ts';
import type { Message } from './message.ts';
import { ATTRIBUTE_VALUE, parseAttributes } from './message-attributes.ts';
import { invalidParameter } from './sns-errors.ts';

/** Of the message with its attributes (SNS API reference, "Publish"). */
export const MAX_BYTES = 262_144;
const MAX_SUBJECT_LENGTH = 100;
const WORD = /^[!-~]{1,128}$/;

/** Publish's input (SNS API reference, "Publish"). */
export const PUBLISH = {
  TopicArn: text(),
  TargetArn: text(),
  PhoneNumber: text(),
  Message: required(text()),
  Subject: text(),
  MessageStructure: text(),
  MessageAttributes: map(ATTRIBUTE_VALUE, { key: text({ name: 'Name' }) }),
  MessageDeduplicationId: text(),
  MessageGroupId: text(),
} as const;

/** Reads what Publish takes besides the topic. Throws AwsError. */
export function parseMessage(
  input: Omit<Read<typeof PUBLISH>, 'TopicArn' | 'TargetArn' | 'PhoneNumber'>,
  traceHeader: string | undefined,
  fifo?: FifoTopicModel,
): Message {
  const { Message: text, Subject: subject } = input;
  if (text === '') throw invalidParameter('Empty message');
  if (
    subject !== undefined &&
    (subject === '' || subject.length > MAX_SUBJECT_LENGTH || /\p{Cc}/u.test(subject))
  )
    throw invalidParameter('Subject');
  const attributes = parseAttributes(input.MessageAttributes ?? {});
  const groupId = parseGroupId(input.MessageGroupId);
  const deduplicationId = deduplicationOf(input, fifo);
  const sizeBytes = Object.entries(attributes).reduce(
    (sum, [name, { dataType, value }]) => sum + Buffer.byteLength(name + dataType + value),
    Buffer.byteLength(text),
  );
  if (sizeBytes > MAX_BYTES) throw invalidParameter('Message too long');
  return {
    ...(input.MessageStructure === 'json' ? parseBodies(text) : { body: text }),
    ...(subject !== undefined && { subject }),
    ...(Object.keys(attributes).length > 0 && { attributes }),
    ...(groupId !== undefined && { groupId }),
    ...(deduplicationId !== undefined && { deduplicationId }),
    ...(traceHeader !== undefined && { traceHeader }),
  };
}

/** With MessageStructure `json`: a text for each protocol, and a default. */
function parseBodies(text: string): Pick<Message, 'body' | 'bodies'> {
  let bodies: unknown;
  try {
    bodies = parseJsonWithin(text, SHORT_LIMITS);
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

/** A FIFO topic's messages need a group and an id, others have no id (LocalStack's record, test_sns.snapshot.json, test_validations_for_fifo). */
function deduplicationOf(
  {
    Message,
    MessageGroupId,
    MessageDeduplicationId: id,
  }: Pick<Read<typeof PUBLISH>, 'Message' | 'MessageGroupId' | 'MessageDeduplicationId'>,
  fifo: FifoTopicModel | undefined,
): string | undefined {
  if (!fifo) {
    if (id === undefined) return undefined;
    throw invalidParameter(
      'MessageDeduplicationId Reason: The request includes MessageDeduplicationId parameter that is not valid for this topic type',
    );
  }
  if (MessageGroupId === undefined)
    throw invalidParameter('The MessageGroupId parameter is required for FIFO topics');
  if (id === undefined && !fifo.isContentBased)
    throw invalidParameter(
      'The topic should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
    );
  if (id !== undefined && !WORD.test(id))
    throw invalidParameter(
      'MessageDeduplicationId Reason: can only include alphanumeric and punctuation characters, 1 to 128 in length',
    );
  return id ?? contentId(Message);
}

/** For fair queues, which a topic's messages may reach (SNS API reference, "Publish"). */
function parseGroupId(value: string | undefined): string | undefined {
  if (value === undefined || WORD.test(value)) return value;
  throw invalidParameter(
    'MessageGroupId Reason: can only include alphanumeric and punctuation characters, 1 to 128 in length',
  );
}
