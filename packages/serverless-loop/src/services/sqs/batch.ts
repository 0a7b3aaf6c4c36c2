import { AwsError } from '../../aws/errors.ts';
import type { JsonObject } from '../../aws/json-object.ts';
import { text } from '../../aws/members.ts';
import { readerApart } from '../../aws/service.ts';
import { queryCode, SQS_DIALECT, sqsError } from './sqs-error.ts';

const MAX_ENTRIES = 10;
const readName = readerApart({ Id: text() }, SQS_DIALECT);

/** One entry of a batch request, with the id that its result is told by. */
export interface BatchEntry {
  id: string;
  input: JsonObject;
}

/** The entries of a batch request of the given shape. Throws AwsError for what spoils the whole batch. */
export function parseBatch(given: readonly JsonObject[] | undefined, entryShape: string): BatchEntry[] {
  const entries = (given ?? []).map((input) => ({
    id: readName(input).Id ?? '',
    input,
  }));
  if (entries.length === 0) {
    throw sqsError('EmptyBatchRequest', `There should be at least one ${entryShape} in the request.`);
  }
  if (entries.length > MAX_ENTRIES) {
    throw sqsError(
      'TooManyEntriesInBatchRequest',
      `Maximum number of entries per request are ${MAX_ENTRIES}. You have sent ${entries.length}.`,
    );
  }
  const ids = new Set<string>();
  for (const { id } of entries) {
    if (!/^[\w-]{1,80}$/.test(id)) {
      throw sqsError(
        'InvalidBatchEntryId',
        'A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.',
      );
    }
    if (ids.has(id)) throw sqsError('BatchEntryIdsNotDistinct', `Id ${id} repeated.`);
    ids.add(id);
  }
  return entries;
}

/** Does each entry on its own: one that fails is told in `Failed` and stops no other. Both lists are always there (SQS reference, "SendMessageBatch"). */
export function answerBatch<Answer extends object>(
  entries: BatchEntry[],
  answer: (input: JsonObject) => Answer,
) {
  const successful: ({ Id: string } & Answer)[] = [];
  const failed: { Id: string; SenderFault: boolean; Code: string; Message: string }[] = [];
  for (const { id, input } of entries) {
    try {
      successful.push({ Id: id, ...answer(input) });
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      failed.push({
        Id: id,
        SenderFault: error.status < 500,
        Code: queryCode(error.code),
        // An entry's size is refused in other words than a lone message's (LocalStack's record, test_sqs.snapshot.json,
        // test_send_message_batch_with_oversized_contents_with_updated_maximum_message_size).
        Message: error.message.replace(
          'One or more parameters are invalid.',
          'One or more parameters cannot be validated.',
        ),
      });
    }
  }
  return { Successful: successful, Failed: failed };
}
