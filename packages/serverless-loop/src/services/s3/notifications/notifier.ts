import type { Place } from '../../../aws/arn.ts';
import { deliver, type ReceiverOf, type ServiceSender } from '../../../aws/delivery.ts';
import { AwsError } from '../../../aws/errors.ts';
import type { Caller } from '../../../aws/operation.ts';
import { roleIdOf } from '../../../aws/role-id.ts';
import type { ServiceEvent } from '../../../aws/service-event.ts';
import type { Report } from '../../../facts.ts';
import { createTally } from '../../../tally.ts';
import type { NotificationModel, NotificationsModel } from '../../../template/model.ts';
import { busEvent } from './bus-event.ts';
import { eventMessage } from './event-record.ts';
import { includesType } from './event-types.ts';
import type { ObjectEvent, ToldEvent } from './object-event.ts';

export interface NotifierOptions {
  place: Place;
  report: Report;
  /** Finds queues, topics and functions. */
  receiverOf: ReceiverOf;
  /** EventBridge's default bus. */
  putServiceEvent(event: ServiceEvent): void;
  /** The name of the session that a function, or who assumed a role, calls by. */
  sessionNameOf(caller: Caller): string | undefined;
  now(): number;
}

export interface Notifier {
  /** Tells whom a bucket is to tell; the caller's answer goes out first. */
  tell(event: ObjectEvent, notifications: NotificationsModel | undefined): void;
  /** Resolves when all is told. */
  idle(): Promise<void>;
}

/** S3's subject of a topic's message (LocalStack's record, test_s3_notifications_sns.snapshot.json). */
export const SUBJECT = 'Amazon S3 Notification';

export function notifier(options: NotifierOptions): Notifier {
  const { place, report, putServiceEvent, now } = options;
  const tally = createTally();
  const nextSequencer = sequencers(now);

  async function tellTarget(event: ToldEvent, target: NotificationModel): Promise<void> {
    const { bucketName, key, name: eventName, call } = event;
    const told = { bucketName, key, eventName, targetArn: target.arn };
    const message = {
      body: eventMessage(event, target.id, place),
      ...(target.kind === 'topic' && { subject: SUBJECT }),
      ...(call.traceHeader !== undefined && { traceHeader: call.traceHeader }),
    };
    try {
      await deliver(options.receiverOf, target.arn, message, senderFor(bucketName, place));
      report({ kind: 'object.notified', ...told });
    } catch (error) {
      report({ kind: 'object.notNotified', ...told, reason: reasonOf(error) });
    }
  }

  async function tellAll(event: ToldEvent, { targets, toEventBridge }: NotificationsModel): Promise<void> {
    if (toEventBridge) putServiceEvent(busEvent(event, place));
    await Promise.all(
      targets.filter((target) => wants(target, event)).map((target) => tellTarget(event, target)),
    );
  }

  return {
    tell(event, notifications) {
      if (!notifications) return;
      const told = {
        ...event,
        atMs: now(),
        sequencer: nextSequencer(),
        principalId: principalOf(event.call.caller, options),
      };
      const end = tally.begin();
      setImmediate(() => void tellAll(told, notifications).finally(end));
    },
    idle: tally.idle,
  };
}

/** A bucket's ARN names no account, so that policies ask for both (S3 User Guide, "Granting permissions to publish event notification messages to a destination"). */
export function senderFor(bucketName: string, { partition, accountId }: Place): ServiceSender {
  const sourceArn = `arn:${partition}:s3:::${bucketName}`;
  return { service: 's3.amazonaws.com', sourceArn, sourceAccount: accountId };
}

function wants({ events, prefix = '', suffix = '' }: NotificationModel, { name, key }: ToldEvent): boolean {
  return (
    events.some((type) => includesType(type, `s3:${name}`)) && key.startsWith(prefix) && key.endsWith(suffix)
  );
}

/** Hexadecimal, and each greater than the one before (S3 User Guide, "Event message structure"). */
function sequencers(now: () => number): () => string {
  let last = 0;
  return () => {
    last = Math.max(last + 1, now() * 1000);
    return last.toString(16).toUpperCase().padStart(18, '0');
  };
}

function principalOf(caller: Caller, { place, sessionNameOf }: NotifierOptions): string {
  const { roleArn } = caller;
  if (roleArn === undefined) return `AWS:${place.accountId}`;
  const roleName = roleArn.slice(roleArn.lastIndexOf('/') + 1);
  return `AWS:${roleIdOf(roleName)}:${sessionNameOf(caller) ?? roleName}`;
}

function reasonOf(error: unknown): string {
  if (error instanceof AwsError) return `${error.code}: ${error.message}`;
  return error instanceof Error ? error.message : String(error);
}
