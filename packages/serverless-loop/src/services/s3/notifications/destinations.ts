import type { Place } from '../../../aws/arn.ts';
import { deliver, type ReceiverOf } from '../../../aws/delivery.ts';
import { AwsError } from '../../../aws/errors.ts';
import type { NotificationModel } from '../../../template/model.ts';
import { s3Error } from '../s3-errors.ts';
import { SUBJECT, senderFor } from './notifier.ts';

/** A bucket that is to tell, and the request by which it learns so. */
interface Asked {
  bucketName: string;
  requestId: string;
  place: Place;
  receiverOf: ReceiverOf;
  /** Epoch milliseconds. */
  now(): number;
}

/**
 * Tries every destination, as S3 does before it takes a configuration: queues and topics get a test message, functions are asked
 * whether they may be invoked (S3 User Guide, "Event message structure"). Rejects with S3's error for those that don't let it
 * (LocalStack's record, test_s3_notifications_sqs.snapshot.json, test_multiple_invalid_sqs_arns).
 */
export async function refuseUnreachable(targets: readonly NotificationModel[], asked: Asked): Promise<void> {
  const refused: [name: string, reason: string][] = [];
  for (const target of targets) {
    try {
      await test(target, asked);
    } catch (error) {
      refused.push([nameOf(target), reasonFor(target, error)]);
    }
  }
  if (refused.length === 0) return;
  const members = refused.flatMap(([name, reason], at): [string, string][] => [
    [`ArgumentName${at + 1}`, name],
    [`ArgumentValue${at + 1}`, reason],
  ]);
  throw s3Error(
    'InvalidArgument',
    'Unable to validate the following destination configurations',
    400,
    Object.fromEntries(members),
  );
}

async function test({ kind, arn }: NotificationModel, asked: Asked): Promise<void> {
  const { bucketName, place, receiverOf, requestId } = asked;
  const sender = senderFor(bucketName, place);
  if (kind === 'function') {
    const receiver = receiverOf(arn);
    if (!receiver?.refuse) throw new AwsError('ResourceNotFoundException', `Function not found: ${arn}`);
    receiver.refuse(arn, sender);
    return;
  }
  const body = JSON.stringify({
    Service: 'Amazon S3',
    Event: 's3:TestEvent',
    Time: new Date(asked.now()).toISOString(),
    Bucket: bucketName,
    RequestId: requestId,
    HostId: Buffer.from(requestId).toString('base64'),
  });
  await deliver(receiverOf, arn, { body, ...(kind === 'topic' && { subject: SUBJECT }) }, sender);
}

/** Of a function S3 names a second argument that it hasn't (LocalStack's record, test_s3_notifications_lambda.snapshot.json, test_invalid_lambda_arn). */
function nameOf({ kind, arn }: NotificationModel): string {
  return kind === 'function' ? `${arn}, null` : arn;
}

function reasonFor({ kind, arn }: NotificationModel, error: unknown): string {
  if (kind === 'function') return `Not authorized to invoke function [${arn}]`;
  const isDenied = error instanceof AwsError && error.status === 403;
  return isDenied
    ? `Permissions on the destination ${kind} do not allow S3 to publish notifications from this bucket`
    : `The destination ${kind} does not exist`;
}
