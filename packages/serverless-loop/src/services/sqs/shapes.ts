import {
  blob,
  boolean,
  integer,
  list,
  type Members,
  map,
  required,
  structure,
  text,
  unread,
} from '../../aws/members.ts';

/** Members that several operations have (SQS API reference, "Data Types"). In the query protocol lists and maps are flat. */

export const QUEUE_URL = required(text());

export const VISIBILITY_TIMEOUT = integer({
  min: 0,
  max: 43_200,
  reason: 'VisibilityTimeout must be an integer between 0 and 43200',
});

export const ATTRIBUTE_NAMES = list(text(), { name: 'AttributeName', flat: true });

const NAME = text({ name: 'Name' });

export const ATTRIBUTES = map(text({ name: 'Value' }), { name: 'Attribute', flat: true, key: NAME });

export const TAGS = map(text({ name: 'Value' }), { name: 'Tag', flat: true, key: text({ name: 'Key' }) });

const ATTRIBUTE_VALUE = structure(
  {
    DataType: text(),
    StringValue: text(),
    BinaryValue: blob(),
    StringListValues: list(text({ name: 'StringListValue' }), { flat: true, name: 'StringListValue' }),
    BinaryListValues: list(blob({ name: 'BinaryListValue' }), { flat: true, name: 'BinaryListValue' }),
  },
  { name: 'Value' },
);

export const MESSAGE_ATTRIBUTES = map(ATTRIBUTE_VALUE, { name: 'MessageAttribute', flat: true, key: NAME });

/** A message that is sent, alone or as one of a batch. */
export const MESSAGE = {
  MessageBody: required(text()),
  DelaySeconds: integer({ min: 0, max: 900, reason: 'DelaySeconds must be >= 0 and <= 900.' }),
  MessageAttributes: MESSAGE_ATTRIBUTES,
  MessageSystemAttributes: map(ATTRIBUTE_VALUE, { name: 'MessageSystemAttribute', flat: true, key: NAME }),
  MessageDeduplicationId: text({
    pattern: '[!-~]{1,128}',
    reason:
      'MessageDeduplicationId can only include alphanumeric and punctuation characters. 1 to 128 in length.',
  }),
  MessageGroupId: text({
    pattern: '[!-~]{1,128}',
    reason: 'MessageGroupId can only include alphanumeric and punctuation characters. 1 to 128 in length.',
  }),
} as const;

export const SENT_MESSAGE = {
  MessageId: text(),
  MD5OfMessageBody: text(),
  MD5OfMessageAttributes: text(),
  MD5OfMessageSystemAttributes: text(),
  SequenceNumber: text(),
} as const;

/** Each entry is judged for itself. */
export function batchOf<M extends Members>(entry: M, name: string) {
  return { QueueUrl: QUEUE_URL, Entries: list(unread(structure(entry)), { name, flat: true }) } as const;
}

export function batchResult<M extends Members>(members: M, name: string) {
  return {
    Successful: list(structure({ Id: text(), ...members }), { name, flat: true }),
    Failed: list(structure({ Id: text(), SenderFault: boolean(), Code: text(), Message: text() }), {
      name: 'BatchResultErrorEntry',
      flat: true,
    }),
  } as const;
}
