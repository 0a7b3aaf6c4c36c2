import { LATEST } from '../../../aws/arn.ts';
import { deliver, type ReceiverOf, type ServiceMessage } from '../../../aws/delivery.ts';
import type { Clock } from '../../../clock.ts';
import type { Report } from '../../../facts.ts';
import type { FunctionModel } from '../../../template/model.ts';
import { asyncInvokeOf, qualifiedArn } from '../qualifier.ts';
import { deadLetterAttributes } from './destination-dead-letter.ts';
import { destinationRecord, type Outcome } from './destination-record.ts';

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
