import type { QueueEncryption } from '../../template/model.ts';
import { sqsError } from './sqs-error.ts';

/** The attributes by which a queue is told how it encrypts; nothing is encrypted here, but they are kept and shown. */
export const ENCRYPTION_NAMES = ['KmsDataKeyReusePeriodSeconds', 'KmsMasterKeyId', 'SqsManagedSseEnabled'];

/** The encryption of a queue that nobody told anything: a key of SQS's own (SQS API reference, "SetQueueAttributes"). */
const DEFAULT_ENCRYPTION: QueueEncryption = { isSqsManaged: true };

/** In seconds; of a queue with a KMS key that nobody told (the same page). */
const DEFAULT_REUSE_SECONDS = 300;
const REUSE_SECONDS = { least: 60, most: 86_400 };

/**
 * A queue's encryption once a request with these attributes has changed it. A key of KMS puts SQS's own out, the other way
 * round too (LocalStack's record, test_sqs.snapshot.json, test_sse_queue_attributes); an empty key id takes the key away.
 * Throws AwsError for both at once and for a bad value.
 */
export function changedEncryption(
  before: QueueEncryption | undefined,
  attributes: Record<string, string>,
): QueueEncryption {
  const { KmsMasterKeyId, KmsDataKeyReusePeriodSeconds, SqsManagedSseEnabled } = attributes;
  const isManaged = parseFlag(SqsManagedSseEnabled);
  if (KmsMasterKeyId && isManaged) {
    throw sqsError(
      'InvalidAttributeName',
      'You can use one type of server-side encryption (SSE) at one time. You can either enable KMS SSE or SQS SSE.',
    );
  }
  const reuse = parseReuse(KmsDataKeyReusePeriodSeconds);
  const { kmsKeyId: keyBefore, isSqsManaged, reuseSeconds } = before ?? DEFAULT_ENCRYPTION;
  const kmsKeyId = isManaged ? undefined : KmsMasterKeyId === undefined ? keyBefore : KmsMasterKeyId;
  const keptReuse = reuse ?? reuseSeconds;
  return {
    isSqsManaged: isManaged ?? (kmsKeyId ? false : isSqsManaged),
    ...(kmsKeyId && { kmsKeyId }),
    ...(keptReuse !== undefined && { reuseSeconds: keptReuse }),
  };
}

/** As GetQueueAttributes shows it; how long a key is used is told of a queue that has one. */
export function encryptionAttributes(
  encryption: QueueEncryption = DEFAULT_ENCRYPTION,
): Record<string, string> {
  const { kmsKeyId, isSqsManaged, reuseSeconds = DEFAULT_REUSE_SECONDS } = encryption;
  return {
    ...(kmsKeyId !== undefined && {
      KmsMasterKeyId: kmsKeyId,
      KmsDataKeyReusePeriodSeconds: String(reuseSeconds),
    }),
    SqsManagedSseEnabled: String(isSqsManaged),
  };
}

function parseFlag(text: string | undefined): boolean | undefined {
  if (text === undefined) return undefined;
  if (/^(true|false)$/i.test(text)) return text.toLowerCase() === 'true';
  throw invalid('SqsManagedSseEnabled');
}

function parseReuse(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const seconds = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (seconds >= REUSE_SECONDS.least && seconds <= REUSE_SECONDS.most) return seconds;
  throw invalid('KmsDataKeyReusePeriodSeconds');
}

function invalid(name: string) {
  return sqsError('InvalidAttributeValue', `Invalid value for the parameter ${name}.`);
}
