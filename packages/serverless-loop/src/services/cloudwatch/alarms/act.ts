import { type Place, parseArn } from '../../../aws/arn.ts';
import { deliver, type ReceiverOf } from '../../../aws/delivery.ts';
import type { StateChange } from './alarm-record.ts';
import { notificationOf } from './notification.ts';

/** An action that CloudWatch would take and the loop can't. */
export class ActionNotEmulatedError extends Error {
  override readonly name = 'ActionNotEmulatedError';
  readonly actionArn: string;

  constructor(actionArn: string) {
    super(`The loop doesn't emulate the alarm action ${actionArn}; it notifies SNS topics.`);
    this.actionArn = actionArn;
  }
}

/** Does what an alarm has for its new state. Throws ActionNotEmulatedError. */
export async function actOn(
  actionArn: string,
  change: StateChange,
  { place, receiverOf }: { place: Place; receiverOf: ReceiverOf },
): Promise<void> {
  if (parseArn(actionArn)?.service !== 'sns') throw new ActionNotEmulatedError(actionArn);
  const sender = { service: 'cloudwatch.amazonaws.com', sourceArn: change.alarm.model.arn };
  await deliver(receiverOf, actionArn, notificationOf(change, place), sender);
}
