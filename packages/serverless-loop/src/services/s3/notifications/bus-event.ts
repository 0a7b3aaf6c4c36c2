import type { Place } from '../../../aws/arn.ts';
import type { ServiceEvent } from '../../../aws/service-event.ts';
import { bareEtag, type EventName, isOfContent, SOURCE_ADDRESS, type ToldEvent } from './object-event.ts';

/** An event of S3's for EventBridge's default bus. */
/** S3 User Guide, "EventBridge event message structure"; deletion types: "Mapping". */
const KINDS: Readonly<Record<EventName, { detailType: string; reason?: string; deletionType?: string }>> = {
  'ObjectCreated:Put': { detailType: 'Object Created', reason: 'PutObject' },
  'ObjectCreated:Post': { detailType: 'Object Created', reason: 'POST Object' },
  'ObjectCreated:Copy': { detailType: 'Object Created', reason: 'CopyObject' },
  'ObjectCreated:CompleteMultipartUpload': {
    detailType: 'Object Created',
    reason: 'CompleteMultipartUpload',
  },
  'ObjectRemoved:Delete': {
    detailType: 'Object Deleted',
    reason: 'DeleteObject',
    deletionType: 'Permanently Deleted',
  },
  'ObjectRemoved:DeleteMarkerCreated': {
    detailType: 'Object Deleted',
    reason: 'DeleteObject',
    deletionType: 'Delete Marker Created',
  },
  'ObjectTagging:Put': { detailType: 'Object Tags Added' },
  'ObjectTagging:Delete': { detailType: 'Object Tags Deleted' },
  'ObjectAcl:Put': { detailType: 'Object ACL Updated' },
};

/** The same event for EventBridge, where the key stands as it is. */
export function busEvent(event: ToldEvent, { partition, accountId }: Place): ServiceEvent {
  const { bucketName, key, name, object, versionId, sequencer, call } = event;
  const { detailType, reason, deletionType } = KINDS[name];
  const hasContent = isOfContent(name);
  return {
    source: 'aws.s3',
    detailType,
    resources: [`arn:${partition}:s3:::${bucketName}`],
    detail: {
      version: '0',
      bucket: { name: bucketName },
      object: {
        key,
        ...(hasContent && object && { size: object.blob.sizeBytes }),
        ...(object && { etag: bareEtag(object) }),
        ...(versionId !== undefined && { 'version-id': versionId }),
        ...(hasContent && { sequencer }),
      },
      'request-id': call.requestId,
      requester: accountId,
      'source-ip-address': SOURCE_ADDRESS,
      ...(reason !== undefined && { reason }),
      ...(deletionType !== undefined && { 'deletion-type': deletionType }),
    },
    ...(call.traceHeader !== undefined && { traceHeader: call.traceHeader }),
  };
}
