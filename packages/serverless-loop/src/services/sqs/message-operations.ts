import type { Place } from '../../aws/arn.ts';
import { AwsError } from '../../aws/errors.ts';
import type { Call, JsonObject, JsonOperation } from '../../aws/operation.ts';
import { answerBatch, parseBatch } from './batch.ts';
import { optionalInteger, requiredText, textList } from './input.ts';
import { messageSizeBytes, type QueueMessage } from './message.ts';
import { md5OfAttributes, md5OfText } from './message-digest.ts';
import { MAXIMUM_MESSAGE_BYTES, parseMessage, refuseOversize } from './message-parsing.ts';
import type { Queue } from './queue.ts';
import { needOn } from './queue-need.ts';
import type { Queues } from './queues.ts';
import { renderReceivedMessage } from './received-message.ts';
import { missingParameter, sqsError } from './sqs-error.ts';

const DELAY = { least: 0, most: 900, rule: 'DelaySeconds must be >= 0 and <= 900.' };
const VISIBILITY = {
  least: 0,
  most: 43_200,
  rule: 'VisibilityTimeout must be an integer between 0 and 43200',
};
const WAIT = { least: 0, most: 20, rule: 'Must be >= 0 and <= 20, if provided.' };
const MESSAGES = { least: 1, most: 10, rule: 'Must be between 1 and 10, if provided.' };

/** The operations that send, receive and delete messages. */
export function messageOperations(queues: Queues, place: Place): Record<string, JsonOperation> {
  const operation = (
    action: string,
    handle: (queue: Queue, input: JsonObject, call: Call) => Answer,
  ): JsonOperation => ({
    handle: (input, call) => handle(queues.ofUrl(requiredText(input, 'QueueUrl')), input, call),
    needs: needOn(place, action),
  });
  return {
    SendMessage: operation('SendMessage', (queue, input, call) =>
      send(queue, input, parseMessage(input, call.traceHeader), senderOf(call, place)),
    ),
    SendMessageBatch: operation('SendMessage', (queue, input, call) => sendBatch(queue, input, call, place)),
    ReceiveMessage: operation('ReceiveMessage', receive),
    DeleteMessage: operation('DeleteMessage', deleteMessage),
    DeleteMessageBatch: operation('DeleteMessage', (queue, input) =>
      answerBatch(parseBatch(input, 'DeleteMessageBatchRequestEntry'), (entry) =>
        deleteMessage(queue, entry),
      ),
    ),
    ChangeMessageVisibility: operation('ChangeMessageVisibility', changeVisibility),
    ChangeMessageVisibilityBatch: operation('ChangeMessageVisibility', (queue, input) =>
      answerBatch(parseBatch(input, 'ChangeMessageVisibilityBatchRequestEntry'), (entry) =>
        changeVisibility(queue, entry),
      ),
    ),
  };
}

type Answer = JsonObject | Promise<JsonObject>;

function send(queue: Queue, input: JsonObject, message: QueueMessage, sender: string): JsonObject {
  refuseOversize(message, queue.model.maximumMessageBytes);
  const delaySeconds = optionalInteger(input, 'DelaySeconds', DELAY) ?? queue.model.delaySeconds;
  const { messageId } = queue.send(message, sender, delaySeconds);
  const { attributes = {}, systemAttributes = {} } = message;
  const stringValue = systemAttributes.AWSTraceHeader;
  return {
    MessageId: messageId,
    MD5OfMessageBody: md5OfText(message.body),
    ...(Object.keys(attributes).length > 0 && { MD5OfMessageAttributes: md5OfAttributes(attributes) }),
    ...(input.MessageSystemAttributes !== undefined &&
      stringValue !== undefined && {
        MD5OfMessageSystemAttributes: md5OfAttributes({
          AWSTraceHeader: { dataType: 'String', stringValue },
        }),
      }),
  };
}

function sendBatch(queue: Queue, input: JsonObject, call: Call, place: Place): JsonObject {
  const entries = parseBatch(input, 'SendMessageBatchRequestEntry');
  const sizeBytes = entries.reduce((sum, { input: entry }) => sum + entrySizeBytes(entry), 0);
  if (sizeBytes > MAXIMUM_MESSAGE_BYTES) {
    throw sqsError(
      'BatchRequestTooLong',
      `Batch requests cannot be longer than ${MAXIMUM_MESSAGE_BYTES} bytes. You have sent ${sizeBytes} bytes.`,
    );
  }
  return answerBatch(entries, (entry) =>
    send(queue, entry, parseMessage(entry, call.traceHeader), senderOf(call, place)),
  );
}

/** An entry that is no message has no size: its own result will say what is wrong with it. */
function entrySizeBytes(entry: JsonObject): number {
  try {
    return messageSizeBytes(parseMessage(entry, undefined));
  } catch (error) {
    if (error instanceof AwsError) return 0;
    throw error;
  }
}

async function receive(queue: Queue, input: JsonObject, call: Call): Promise<JsonObject> {
  const request = {
    maximum: optionalInteger(input, 'MaxNumberOfMessages', MESSAGES) ?? 1,
    visibilityTimeoutSeconds:
      optionalInteger(input, 'VisibilityTimeout', VISIBILITY) ?? queue.model.visibilityTimeoutSeconds,
  };
  const waitSeconds = optionalInteger(input, 'WaitTimeSeconds', WAIT) ?? queue.model.receiveWaitSeconds;
  const wanted = {
    // The first name is the old one of the same member; both count (recorded).
    system: [...textList(input, 'AttributeNames'), ...textList(input, 'MessageSystemAttributeNames')],
    message: textList(input, 'MessageAttributeNames'),
  };
  const messages = await queue.receive(request, waitSeconds, call.signal);
  if (messages.length === 0) return {};
  return { Messages: messages.map((message) => renderReceivedMessage(message, wanted)) };
}

function deleteMessage(queue: Queue, input: JsonObject): JsonObject {
  queue.delete(requiredText(input, 'ReceiptHandle'));
  return {};
}

function changeVisibility(queue: Queue, input: JsonObject): JsonObject {
  const seconds = optionalInteger(input, 'VisibilityTimeout', VISIBILITY);
  if (seconds === undefined) throw missingParameter('VisibilityTimeout');
  queue.changeVisibility(requiredText(input, 'ReceiptHandle'), seconds);
  return {};
}

/** A function's role, or the account itself. */
function senderOf({ caller }: Call, place: Place): string {
  return caller.roleArn ?? place.accountId;
}
