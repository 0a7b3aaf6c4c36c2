import { type Place, parseArn } from '../../../aws/arn.ts';
import type { StateChange } from './alarm-book.ts';
import type { AlarmNotification } from './alarm-notification.ts';
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
  {
    place,
    notify,
  }: { place: Place; notify(topicArn: string, notification: AlarmNotification): Promise<void> },
): Promise<void> {
  if (parseArn(actionArn)?.service !== 'sns') throw new ActionNotEmulatedError(actionArn);
  await notify(actionArn, notificationOf(change, place));
}
