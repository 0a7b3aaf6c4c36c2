import { renderPolicyDocument, renderStatement } from '../../aws/policy-document.ts';
import type { QueueModel } from '../../template/model.ts';
import { fifoAttributes } from './fifo/fifo-settings.ts';
import type { Queue } from './queue.ts';
import { encryptionAttributes } from './queue-encryption.ts';
import { sqsError } from './sqs-error.ts';

/** Absent from answers while they aren't set. */
const OPTIONAL_NAMES = [
  'KmsDataKeyReusePeriodSeconds',
  'KmsMasterKeyId',
  'Policy',
  'RedriveAllowPolicy',
  'RedrivePolicy',
];

/** The attributes of a queue that a request names, all of them for `All`. Throws AwsError for an unknown name. */
export function queueAttributes(queue: Queue, names: string[]): Record<string, string> {
  const all = allAttributes(queue);
  if (names.includes('All')) return all;
  const wanted = names.flatMap((name) => {
    const value = all[name];
    if (value !== undefined) return [[name, value] as const];
    if (OPTIONAL_NAMES.includes(name)) return [];
    throw sqsError('InvalidAttributeName', `Unknown Attribute ${name}.`);
  });
  return Object.fromEntries(wanted);
}

function allAttributes(queue: Queue): Record<string, string> {
  const { model, createdAt, modifiedAt } = queue;
  const { visible, inFlight, delayed } = queue.counts();
  return {
    QueueArn: model.arn,
    ApproximateNumberOfMessages: String(visible),
    ApproximateNumberOfMessagesNotVisible: String(inFlight),
    ApproximateNumberOfMessagesDelayed: String(delayed),
    CreatedTimestamp: epochSeconds(createdAt),
    LastModifiedTimestamp: epochSeconds(modifiedAt),
    VisibilityTimeout: String(model.visibilityTimeoutSeconds),
    MaximumMessageSize: String(model.maximumMessageBytes),
    MessageRetentionPeriod: String(model.messageRetentionSeconds),
    DelaySeconds: String(model.delaySeconds),
    ReceiveMessageWaitTimeSeconds: String(model.receiveWaitSeconds),
    ...(model.resourcePolicy.length > 0 && { Policy: policyText(model) }),
    ...(model.redrive && {
      RedrivePolicy: JSON.stringify({
        deadLetterTargetArn: model.redrive.deadLetterArn,
        maxReceiveCount: model.redrive.maxReceiveCount,
      }),
    }),
    ...(model.redriveAllowPolicy !== undefined && { RedriveAllowPolicy: model.redriveAllowPolicy }),
    ...encryptionAttributes(model.encryption),
    ...fifoAttributes(model.fifo),
  };
}

/** A policy of permissions has another version, and an id (LocalStack's record, test_sqs.snapshot.json, test_sqs_permission_lifecycle). */
function policyText({ resourcePolicy, policyId }: QueueModel): string {
  if (policyId === undefined) return renderPolicyDocument(resourcePolicy);
  return JSON.stringify({
    Version: '2008-10-17',
    Id: policyId,
    Statement: resourcePolicy.map(renderStatement),
  });
}

function epochSeconds(epochMs: number): string {
  return String(Math.floor(epochMs / 1000));
}
