import { boolean, integer, required, text } from '../../aws/members.ts';
import { type KinesisContext, onStream, operation } from './context.ts';
import type { DataStream } from './data-stream.ts';
import { STREAM, TAG_KEYS, TAG_LIST, TAGS } from './shapes.ts';

const TAGGED = { ResourceARN: required(text({ pattern: 'arn:aws.*:kinesis:.*' })) } as const;

/** The operations on the tags of a stream, by its name and by its ARN (Kinesis API reference). */
export const TAG_OPERATIONS = {
  AddTagsToStream: operation({
    input: { ...STREAM, Tags: required(TAGS) },
    needs: onStream,
    handle: ({ Tags, ...reference }, { streams }) => addTags(streams.of(reference), Tags),
  }),
  RemoveTagsFromStream: operation({
    input: { ...STREAM, TagKeys: required(TAG_KEYS) },
    needs: onStream,
    handle: ({ TagKeys, ...reference }, { streams }) => removeTags(streams.of(reference), TagKeys),
  }),
  ListTagsForStream: operation({
    input: {
      ...STREAM,
      ExclusiveStartTagKey: text({ min: 1, max: 128 }),
      Limit: integer({ min: 1, max: 50 }),
    },
    output: { Tags: TAG_LIST, HasMoreTags: boolean() },
    needs: onStream,
    handle({ ExclusiveStartTagKey: after = '', Limit = 50, ...reference }, { streams }) {
      const following = tagsOf(streams.of(reference)).filter(({ Key }) => Key > after);
      return { Tags: following.slice(0, Limit), HasMoreTags: following.length > Limit };
    },
  }),
  TagResource: operation({
    input: { ...TAGGED, Tags: required(TAGS) },
    needs: onResource,
    handle: ({ ResourceARN, Tags }, { streams }) => addTags(streams.of({ StreamARN: ResourceARN }), Tags),
  }),
  UntagResource: operation({
    input: { ...TAGGED, TagKeys: required(TAG_KEYS) },
    needs: onResource,
    handle: ({ ResourceARN, TagKeys }, { streams }) =>
      removeTags(streams.of({ StreamARN: ResourceARN }), TagKeys),
  }),
  ListTagsForResource: operation({
    input: TAGGED,
    output: { Tags: TAG_LIST },
    needs: onResource,
    handle: ({ ResourceARN }, { streams }) => ({ Tags: tagsOf(streams.of({ StreamARN: ResourceARN })) }),
  }),
};

function onResource({ ResourceARN = '' }: { ResourceARN?: string }, context: KinesisContext): string[] {
  return onStream({ StreamARN: ResourceARN }, context);
}

function addTags({ tags }: DataStream, added: Readonly<Record<string, string>>) {
  for (const [key, value] of Object.entries(added)) tags.set(key, value);
  return {};
}

function removeTags({ tags }: DataStream, keys: readonly string[]) {
  for (const key of keys) tags.delete(key);
  return {};
}

function tagsOf({ tags }: DataStream): { Key: string; Value: string }[] {
  const sorted = [...tags].sort(([one], [other]) => (one < other ? -1 : 1));
  return sorted.map(([Key, Value]) => ({ Key, Value }));
}
