import type { Read, ValueOf } from '../../aws/members.ts';
import { isBinary, type MessageAttribute, messageSizeBytes, type QueueMessage } from './message.ts';
import type { MESSAGE, MESSAGE_ATTRIBUTES } from './shapes.ts';
import { invalidParameter, sqsError } from './sqs-error.ts';

/** More can't be sent in one message, nor in one batch (SQS guide, "Amazon SQS message quotas"). */
export const MAX_MESSAGE_BYTES = 1_048_576;

const MAX_ATTRIBUTES = 10;
const MAX_NAME_LENGTH = 256;
/** Matches a character that XML 1.0 doesn't allow, as SendMessage's reference says. */
const FOREIGN_CHARACTER = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;

const FOREIGN_CHARACTERS_FOUND =
  'Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF';

/** The message of a SendMessage request or of one entry of a batch. Throws AwsError naming what is wrong. */
export function parseMessage(input: Read<typeof MESSAGE>, callTraceHeader: string | undefined): QueueMessage {
  const { MessageBody: body, MessageGroupId: groupId, MessageDeduplicationId: deduplicationId } = input;
  if (FOREIGN_CHARACTER.test(body)) throw sqsError('InvalidMessageContents', FOREIGN_CHARACTERS_FOUND);
  const attributes = parseAttributes(input.MessageAttributes ?? {});
  const traceHeader = parseTraceHeader(input.MessageSystemAttributes ?? {}) ?? callTraceHeader;
  return {
    body,
    attributes,
    systemAttributes: {
      ...(groupId !== undefined && { MessageGroupId: groupId }),
      ...(deduplicationId !== undefined && { MessageDeduplicationId: deduplicationId }),
      ...(traceHeader !== undefined && { AWSTraceHeader: traceHeader }),
    },
  };
}

/** Throws AwsError when a message is longer than its queue takes. */
export function refuseOversize(message: QueueMessage, maximumMessageBytes: number): void {
  if (messageSizeBytes(message) <= maximumMessageBytes) return;
  throw invalidParameter(
    `One or more parameters are invalid. Reason: Message must be shorter than ${maximumMessageBytes} bytes.`,
  );
}

type AttributeValues = ValueOf<typeof MESSAGE_ATTRIBUTES>;

function parseAttributes(input: AttributeValues): Record<string, MessageAttribute> {
  const values = Object.entries(input);
  if (values.length > MAX_ATTRIBUTES) {
    throw invalidParameter(
      `Number of message attributes [${values.length}] exceeds the allowed maximum [${MAX_ATTRIBUTES}].`,
    );
  }
  return Object.fromEntries(
    values.map(([name, value]) => {
      refuseAttributeName(name);
      return [name, parseAttribute(name, value)];
    }),
  );
}

function refuseAttributeName(name: string): void {
  if (name.length > MAX_NAME_LENGTH) {
    throw invalidParameter('Message (user) attribute names must be shorter than 256 Bytes');
  }
  // Letters and digits of any script pass (localstack/localstack, test_send_message_with_invalid_string_attributes).
  if (!/^[\p{L}\p{N}_.-]+$/u.test(name)) {
    throw invalidParameter(
      'Message (user) attributes name can only contain upper and lower score characters, digits, periods, hyphens and underscores. ',
    );
  }
  if (/^(aws\.|amazon\.|\.)|\.$|\.\./i.test(name)) {
    throw invalidParameter(
      "You can't use message attribute names beginning with 'AWS.' or 'Amazon.'. " +
        "These strings are reserved for internal use. Additionally, they cannot start or end with '.'.",
    );
  }
}

function parseAttribute(name: string, input: AttributeValues[string]): MessageAttribute {
  const { DataType: dataType, StringValue: stringValue, BinaryValue: bytes } = input;
  if (!dataType) {
    throw invalidParameter(
      `The message attribute '${name}' must contain a non-empty message attribute type.`,
    );
  }
  if (dataType.length > MAX_NAME_LENGTH) {
    throw invalidParameter('Message (user) attribute types must be shorter than 256 Bytes');
  }
  if (!/^(String|Number|Binary)(\.|$)/.test(dataType)) {
    throw invalidParameter(
      `The type of message (user) attribute '${name}' is invalid. You must use only the following supported type prefixes: Binary, Number, String.`,
    );
  }
  const attribute = {
    dataType,
    ...(stringValue !== undefined && { stringValue }),
    ...(bytes !== undefined && { binaryValue: bytes.toString('base64') }),
  };
  refuseAttributeValue(name, attribute);
  return attribute;
}

function refuseAttributeValue(name: string, attribute: MessageAttribute): void {
  const value = isBinary(attribute) ? attribute.binaryValue : attribute.stringValue;
  if (!value) {
    const [type] = attribute.dataType.split('.');
    throw invalidParameter(
      `Message (user) attribute '${name}' must contain a non-empty value of type '${type}'.`,
    );
  }
  if (attribute.dataType.startsWith('Number') && !Number.isFinite(Number(value))) {
    throw invalidParameter(`Can't cast the value of message (user) attribute '${name}' to a number.`);
  }
  if (!isBinary(attribute) && FOREIGN_CHARACTER.test(value)) throw invalidParameter(FOREIGN_CHARACTERS_FOUND);
}

function parseTraceHeader(systemAttributes: AttributeValues): string | undefined {
  const [unknown] = Object.keys(systemAttributes).filter((name) => name !== 'AWSTraceHeader');
  if (unknown !== undefined) {
    throw invalidParameter(`Message system attribute name '${unknown}' is invalid.`);
  }
  return systemAttributes.AWSTraceHeader?.StringValue;
}
