import { text, type Written } from '../../aws/members.ts';
import type { MessageAttribute } from './message.ts';
import { md5OfAttributes, md5OfText } from './message-digest.ts';
import { ATTRIBUTES, MESSAGE_ATTRIBUTES } from './shapes.ts';
import type { ReceivedMessage } from './stored-message.ts';

/** Attributes of a message that ReceiveMessage answers with: `All`, names, and for message attributes also `*` and `prefix.*`. */
export interface WantedAttributes {
  system: string[];
  message: string[];
}

/** A member of ReceiveMessage's `Messages`. */
export const RECEIVED_MESSAGE = {
  MessageId: text(),
  ReceiptHandle: text(),
  MD5OfBody: text(),
  Body: text(),
  Attributes: ATTRIBUTES,
  MD5OfMessageAttributes: text(),
  MessageAttributes: MESSAGE_ATTRIBUTES,
} as const;

export function renderReceivedMessage(
  message: ReceivedMessage,
  wanted: WantedAttributes,
): Written<typeof RECEIVED_MESSAGE> {
  const system = Object.entries(systemAttributes(message)).filter(
    ([name]) => wanted.system.includes('All') || wanted.system.includes(name),
  );
  const attributes = Object.entries(message.attributes ?? {}).filter(([name]) =>
    isWanted(name, wanted.message),
  );
  return {
    MessageId: message.messageId,
    ReceiptHandle: message.receiptHandle,
    MD5OfBody: md5OfText(message.body),
    Body: message.body,
    ...(system.length > 0 && { Attributes: Object.fromEntries(system) }),
    ...(attributes.length > 0 && {
      // Of the attributes in this answer, not of all that were sent (LocalStack's record, test_sqs.snapshot.json,
      // test_receive_message_message_attribute_names_filters).
      MD5OfMessageAttributes: md5OfAttributes(Object.fromEntries(attributes)),
      MessageAttributes: Object.fromEntries(
        attributes.map(([name, value]) => [name, renderAttribute(value)]),
      ),
    }),
  };
}

/** All of a message's system attributes. */
export function systemAttributes(message: ReceivedMessage): Record<string, string> {
  return {
    ...message.systemAttributes,
    SenderId: message.senderId,
    SentTimestamp: String(message.sentAt),
    ApproximateReceiveCount: String(message.receiveCount),
    ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt),
    ...(message.deadLetterSourceArn !== undefined && {
      DeadLetterQueueSourceArn: message.deadLetterSourceArn,
    }),
  };
}

function isWanted(name: string, wanted: string[]): boolean {
  return wanted.some((pattern) => {
    if (pattern === 'All' || pattern === '*' || pattern === name) return true;
    return pattern.endsWith('.*') && name.startsWith(pattern.slice(0, -2));
  });
}

function renderAttribute({ dataType, stringValue, binaryValue }: MessageAttribute) {
  return {
    ...(stringValue !== undefined && { StringValue: stringValue }),
    ...(binaryValue !== undefined && { BinaryValue: Buffer.from(binaryValue, 'base64') }),
    DataType: dataType,
  };
}
