import { createHash } from 'node:crypto';
import type { Place } from '../../../aws/arn.ts';
import { bareEtag, isOfContent, SOURCE_ADDRESS, type ToldEvent } from './object-event.ts';

/** The message of one event, for queues, topics and functions (S3 User Guide, "Event message structure"). */
export function eventMessage(event: ToldEvent, configurationId: string, place: Place): string {
  const { bucketName, key, name, object, versionId, sequencer, call } = event;
  const hasContent = isOfContent(name);
  const record = {
    // Of later kinds of events later versions (LocalStack's record, test_s3_notifications_sqs.snapshot.json, test_object_tagging_put_event).
    eventVersion: hasContent ? '2.1' : '2.3',
    eventSource: 'aws:s3',
    awsRegion: place.region,
    eventTime: new Date(event.atMs).toISOString(),
    eventName: name,
    userIdentity: { principalId: event.principalId },
    requestParameters: { sourceIPAddress: SOURCE_ADDRESS },
    responseElements: {
      'x-amz-request-id': call.requestId,
      'x-amz-id-2': Buffer.from(call.requestId).toString('base64'),
    },
    s3: {
      s3SchemaVersion: '1.0',
      configurationId,
      bucket: {
        name: bucketName,
        ownerIdentity: { principalId: customerId(place) },
        arn: `arn:${place.partition}:s3:::${bucketName}`,
      },
      object: {
        key: encodedKey(key),
        size: hasContent ? object?.blob.sizeBytes : undefined,
        eTag: object && bareEtag(object),
        versionId,
        sequencer: hasContent ? sequencer : undefined,
      },
    },
  };
  return JSON.stringify({ Records: [record] });
}

/** `red+flower.jpg`: keys are written as forms write their values, but for their slashes (the same page, and LocalStack's record, test_key_encoding). */
function encodedKey(key: string): string {
  return new URLSearchParams([[key, '']]).toString().slice(0, -1).replaceAll('%2F', '/');
}

/** The id of the bucket's owner as a customer of Amazon; the same for the same account. */
function customerId({ accountId }: Place): string {
  const digits = BigInt(`0x${createHash('sha256').update(accountId).digest('hex')}`).toString(36);
  return `A${digits.slice(0, 13).toUpperCase()}`;
}
