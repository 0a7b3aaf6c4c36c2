import { AwsError } from '../../aws/errors.ts';
import { boolean, list, type Read, required, structure, text } from '../../aws/members.ts';
import { operation, topicOf } from './context.ts';
import { MAX_BYTES, PUBLISH, parseMessage } from './publish-input.ts';

const MAX_ENTRIES = 10;
const MAX_ID_LENGTH = 80;

const { Message, Subject, MessageStructure, MessageAttributes, MessageDeduplicationId, MessageGroupId } =
  PUBLISH;
const ENTRY = structure({
  Id: required(text()),
  Message,
  Subject,
  MessageStructure,
  MessageAttributes,
  MessageDeduplicationId,
  MessageGroupId,
});

type Entry = Read<typeof ENTRY.members>;

/** Up to ten messages at once (SNS API reference, "PublishBatch"). The words of refusals: LocalStack's record, test_sns.snapshot.json. */
export const PUBLISH_BATCH = operation({
  input: { TopicArn: required(text()), PublishBatchRequestEntries: required(list(ENTRY)) },
  output: {
    Successful: list(structure({ Id: text(), MessageId: text(), SequenceNumber: text() })),
    Failed: list(
      structure({
        Id: required(text()),
        Code: required(text()),
        Message: text(),
        SenderFault: required(boolean()),
      }),
    ),
  },
  action: 'Publish',
  needs: ({ TopicArn = '*' }) => [TopicArn],
  async handle({ TopicArn, PublishBatchRequestEntries: entries }, context, { traceHeader }) {
    const topic = topicOf(TopicArn, context, 'TopicArn');
    refuseBatch(entries);
    const messages = entries.map(({ Id, ...entry }) => ({
      Id,
      message: parseMessage(entry, traceHeader, topic.model.fifo),
    }));
    const sent = messages.map(async ({ Id, message }) => {
      const { messageId, sequenceNumber } = await context.publish(topic, message);
      return { Id, MessageId: messageId, SequenceNumber: sequenceNumber };
    });
    return { Successful: await Promise.all(sent), Failed: [] };
  },
});

function refuseBatch(entries: readonly Entry[]): void {
  if (entries.length === 0)
    throw new AwsError('EmptyBatchRequest', 'The batch request does not contain any entries.');
  if (entries.length > MAX_ENTRIES)
    throw new AwsError(
      'TooManyEntriesInBatchRequest',
      'The batch request contains more entries than permissible.',
    );
  if (new Set(entries.map(({ Id }) => Id)).size < entries.length)
    throw new AwsError(
      'BatchEntryIdsNotDistinct',
      'Two or more batch entries in the request have the same Id.',
    );
  for (const { Id } of entries) refuseId(Id);
  const bytes = entries.reduce((sum, { Message }) => sum + Buffer.byteLength(Message), 0);
  if (bytes > MAX_BYTES)
    throw new AwsError(
      'BatchRequestTooLong',
      'The length of all the messages put together is more than the limit.',
    );
}

function refuseId(id: string): void {
  const problem =
    id.length > MAX_ID_LENGTH
      ? 'is too long'
      : /^[\w-]+$/.test(id)
        ? undefined
        : 'contains an impermissible character';
  if (problem !== undefined)
    throw new AwsError(
      'InvalidBatchEntryId',
      `The Id of a batch entry in the batch request ${problem}: ${id}`,
    );
}
