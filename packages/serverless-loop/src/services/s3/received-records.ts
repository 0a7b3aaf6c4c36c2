import { randomUUID } from 'node:crypto';
import type { RoleSender, Sender, ServiceMessage } from '../../aws/delivery.ts';
import { AwsError } from '../../aws/errors.ts';
import type { Need } from '../../aws/operation.ts';
import type { S3Context } from './context.ts';
import { writeDigested } from './digested-write.ts';
import { DEFAULT_CHECKSUM } from './object-checksum.ts';
import { keep } from './objects.ts';

interface ReceiverOptions {
  context: S3Context;
  /** Throws AwsError unless the role's own policies let it put the object. */
  authorizeRole(role: RoleSender, need: Need): void;
}

/**
 * Puts the record of a failed invocation into a bucket as an object (Lambda guide, "Capturing records of Lambda asynchronous
 * invocations", and "Configuring destinations" of stream mappings, which have the names of the keys). Rejects with AwsError.
 */
export async function receiveRecord(
  bucketArn: string,
  { body, keyPrefix = '', traceHeader }: ServiceMessage,
  sender: Sender,
  { context, authorizeRole }: ReceiverOptions,
): Promise<void> {
  if (!('role' in sender)) throw new AwsError('AccessDenied', 'Access Denied', { status: 403 });
  const { buckets, blobs, now } = context;
  const bucket = buckets.get(bucketArn.slice(bucketArn.lastIndexOf(':') + 1));
  const modifiedAt = now();
  const key = `${keyPrefix}/${timeIn(modifiedAt)}-${randomUUID()}`;
  authorizeRole(sender, { action: 's3:PutObject', resource: `${bucketArn}/${key}` });
  const { blob, md5, checksum } = await writeDigested(oneChunk(body), DEFAULT_CHECKSUM, blobs());
  await keep(
    bucket,
    {
      key,
      blob,
      etag: `"${md5.toString('hex')}"`,
      modifiedAt,
      headers: { ContentType: 'application/json' },
      checksum: { name: DEFAULT_CHECKSUM, base64: checksum, type: 'FULL_OBJECT' },
      tags: [],
    },
    {
      name: 'ObjectCreated:Put',
      call: {
        caller: { roleArn: sender.role.arn },
        requestId: randomUUID(),
        endpoint: '',
        signal: new AbortController().signal,
        ...(traceHeader !== undefined && { traceHeader }),
      },
    },
    context,
  );
}

/** `2026/11/28/2026-11-28T15.14.22` */
function timeIn(epochMs: number): string {
  const [day = '', time = ''] = new Date(epochMs).toISOString().slice(0, 19).split('T');
  return `${day.replaceAll('-', '/')}/${day}T${time.replaceAll(':', '.')}`;
}

async function* oneChunk(text: string): AsyncGenerator<Buffer> {
  yield Buffer.from(text);
}
