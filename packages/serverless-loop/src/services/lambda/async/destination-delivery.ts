import { LATEST, parseArn } from '../../../aws/arn.ts';
import {
  deliver,
  type MessageAttribute,
  type ReceiverOf,
  type ServiceMessage,
} from '../../../aws/delivery.ts';
import type { Clock } from '../../../clock.ts';
import type { Report } from '../../../facts.ts';
import type { FunctionModel } from '../../../template/model.ts';
import { asyncInvokeOf, qualifiedArn } from '../qualifier.ts';
import { destinationRecord, type Outcome } from './destination-record.ts';

/** Of a dead letter's error message (Lambda guide, "Dead-letter queues"). */
const MAX_MESSAGE_BYTES = 1024;

/** A message for a destination, or for a dead-letter queue or topic. */
interface DestinationMessage extends ServiceMessage {
  destinationArn: string;
}

export interface DestinationOptions {
  clock: Clock;
  report: Report;
  receiverOf: ReceiverOf;
}

/**
 * Sends what a function's settings ask for at the end of an invocation, in the name of its role: on failure the dead letter
 * and the record, both when both are set. What can't be sent is lost, and told as `destination.failed`.
 */
export async function deliverOutcome(
  outcome: Outcome,
  functionModel: FunctionModel,
  options: DestinationOptions,
): Promise<void> {
  await Promise.all(
    messagesFor(outcome, functionModel, options.clock).map((message) =>
      send(message, outcome, functionModel, options),
    ),
  );
}

function messagesFor(outcome: Outcome, functionModel: FunctionModel, clock: Clock): DestinationMessage[] {
  const { payload, traceHeader, qualifier } = outcome.event;
  const { onSuccessArn, onFailureArn, deadLetterArn } = asyncInvokeOf(functionModel, qualifier);
  const base = traceHeader === undefined ? {} : { traceHeader };
  const record = (destinationArn: string): DestinationMessage => ({
    ...base,
    destinationArn,
    // Of an object that a bucket gets (Lambda guide, "Capturing records of Lambda asynchronous invocations").
    ...(parseArn(destinationArn)?.service === 's3' && {
      keyPrefix: `aws/lambda/async/${functionModel.name}`,
    }),
    body: destinationRecord(
      outcome,
      qualifiedArn(functionModel, qualifier ?? LATEST),
      new Date(clock.now()),
      destinationArn,
    ),
  });
  if (outcome.condition === 'Success') return onSuccessArn === undefined ? [] : [record(onSuccessArn)];

  const messages: DestinationMessage[] = [];
  if (deadLetterArn !== undefined) {
    messages.push({
      ...base,
      destinationArn: deadLetterArn,
      body: payload.toString(),
      attributes: deadLetterAttributes(outcome),
    });
  }
  if (onFailureArn !== undefined) messages.push(record(onFailureArn));
  return messages;
}

async function send(
  { destinationArn, ...message }: DestinationMessage,
  { event, condition }: Outcome,
  functionModel: FunctionModel,
  { receiverOf, report }: DestinationOptions,
): Promise<void> {
  const { qualifier, requestId } = event;
  const fact = {
    functionName: functionModel.name,
    ...(qualifier !== undefined && { qualifier }),
    requestId,
    condition,
    destinationArn,
  };
  try {
    await deliver(receiverOf, destinationArn, message, functionModel);
    report({ kind: 'destination.sent', ...fact });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    report({ kind: 'destination.failed', ...fact, isDeadLetter: message.attributes !== undefined, reason });
  }
}

/**
 * The attributes of a message in the function's own dead-letter queue, whose body is the event untouched (Lambda guide,
 * "Dead-letter queues"). The error code is 200 for an error of the function (LocalStack's record,
 * test_lambda_destinations.snapshot.json, test_dead_letter_queue), else 429: it never ran.
 */
function deadLetterAttributes({ event, result }: Outcome): Record<string, MessageAttribute> {
  const errorMessage = result ? (result.errorMessage ?? '') : 'Rate Exceeded.';
  return {
    RequestID: { dataType: 'String', value: event.requestId },
    ErrorCode: { dataType: 'Number', value: result ? '200' : '429' },
    // A queue takes no empty attribute.
    ...(errorMessage !== '' && {
      ErrorMessage: { dataType: 'String', value: firstBytes(errorMessage, MAX_MESSAGE_BYTES) },
    }),
  };
}

/** As many whole characters as fit. */
function firstBytes(text: string, maximumBytes: number): string {
  const { read } = new TextEncoder().encodeInto(text, new Uint8Array(maximumBytes));
  return text.slice(0, read);
}
