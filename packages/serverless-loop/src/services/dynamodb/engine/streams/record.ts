import { equalItems } from '../items/equal-items.ts';
import { allAttributes, keyOf } from '../items/item-key.ts';
import type { Write, WriteCause } from '../items/writer.ts';
import type { JsonObject } from '../requests/shapes.ts';
import type { StreamViewType } from '../tables/table-settings.ts';
import { newItem } from '../values/attribute-value.ts';
import { sizeOf } from '../values/size.ts';
import type { KeptRecord, StreamSettings } from './stream.ts';

/** The record of a write; undefined for one that changes nothing (DynamoDB guide, "Change data capture for DynamoDB Streams"). */
export function recordOf(
  { table, oldItem, item }: Write,
  { userIdentity }: WriteCause,
  { viewType }: StreamSettings,
  eventId: string,
  createdAt: number,
): KeptRecord | undefined {
  if (!oldItem && !item) return undefined;
  if (oldItem && item && equalItems(oldItem, item)) return undefined;
  const keys = keyOf(allAttributes(table.key), item ?? oldItem ?? newItem());
  const newImage = has(viewType, 'NEW') ? item : undefined;
  const oldImage = has(viewType, 'OLD') ? oldItem : undefined;
  return {
    eventId,
    eventName: !oldItem ? 'INSERT' : item ? 'MODIFY' : 'REMOVE',
    createdAt,
    keys,
    sizeBytes: [keys, newImage, oldImage].reduce((sum, image) => sum + (image ? sizeOf(image) : 0), 0),
    ...(newImage && { newImage }),
    ...(oldImage && { oldImage }),
    ...(userIdentity && { userIdentity }),
  };
}

const has = (viewType: StreamViewType, image: 'NEW' | 'OLD'): boolean =>
  viewType === `${image}_IMAGE` || viewType === 'NEW_AND_OLD_IMAGES';

/** A Record (API reference, DynamoDB Streams). Its time is told in whole seconds. */
export function describeRecord(
  record: KeptRecord,
  sequenceNumber: string,
  { viewType }: StreamSettings,
  region: string,
): JsonObject {
  return {
    eventID: record.eventId,
    eventName: record.eventName,
    eventVersion: '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: region,
    dynamodb: {
      ApproximateCreationDateTime: Math.floor(record.createdAt),
      Keys: record.keys,
      ...(record.newImage && { NewImage: record.newImage }),
      ...(record.oldImage && { OldImage: record.oldImage }),
      SequenceNumber: sequenceNumber,
      SizeBytes: record.sizeBytes,
      StreamViewType: viewType,
    },
    ...(record.userIdentity && {
      userIdentity: { PrincipalId: record.userIdentity.principalId, Type: record.userIdentity.type },
    }),
  };
}
