import { LATEST } from '../../../aws/arn.ts';
import type { Clock } from '../../../clock.ts';
import type { Report } from '../../../facts.ts';
import type { FunctionModel } from '../../../template/model.ts';
import { asyncInvokeOf, qualifiedArn } from '../qualifier.ts';
import { deadLetterAttributes } from './destination-dead-letter.ts';
import { destinationRecord, type Outcome } from './destination-record.ts';

/** What goes to a destination or a dead-letter queue, in the name of the function's role. */
export interface DestinationMessage {
  destinationArn: string;
  functionModel: FunctionModel;
  body: string;
  /** Of a dead letter; records have none. */
  attributes?: Record<string, { dataType: string; stringValue: string }>;
  traceHeader?: string;
}

export interface DestinationOptions {
  clock: Clock;
  report: Report;
  /** Throws when the destination doesn't take it. */
  send(message: DestinationMessage): Promise<void>;
}

/**
 * Sends what a function's settings ask for at the end of an invocation: on failure the dead letter and the record, both
 * when both are set. What can't be sent is lost, and told as `destination.failed`.
 */
export async function deliverOutcome(
  outcome: Outcome,
  functionModel: FunctionModel,
  options: DestinationOptions,
): Promise<void> {
  await Promise.all(
    messagesFor(outcome, functionModel, options.clock).map((message) => deliver(message, outcome, options)),
  );
}

function messagesFor(outcome: Outcome, functionModel: FunctionModel, clock: Clock): DestinationMessage[] {
  const { payload, traceHeader, qualifier } = outcome.event;
  const { onSuccessArn, onFailureArn, deadLetterArn } = asyncInvokeOf(functionModel, qualifier);
  const base = { functionModel, ...(traceHeader !== undefined && { traceHeader }) };
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

async function deliver(
  message: DestinationMessage,
  { event, condition }: Outcome,
  { send, report }: DestinationOptions,
): Promise<void> {
  const { destinationArn, functionModel } = message;
  const { qualifier, requestId } = event;
  const fact = {
    functionName: functionModel.name,
    ...(qualifier !== undefined && { qualifier }),
    requestId,
    condition,
    destinationArn,
  };
  try {
    await send(message);
    report({ kind: 'destination.sent', ...fact });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    report({ kind: 'destination.failed', ...fact, isDeadLetter: message.attributes !== undefined, reason });
  }
}
