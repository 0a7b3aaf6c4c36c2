import { list, required, text } from '../../../aws/members.ts';
import { operation } from '../context.ts';
import { TAGS } from '../shapes.ts';
import { MAX_TAGS } from './alarm-tags.ts';

const OF_RESOURCE = { ResourceARN: required(text()) } as const;

export const TAG_OPERATIONS = {
  // Of what isn't there or has none, none.
  ListTagsForResource: operation({
    input: OF_RESOURCE,
    output: { Tags: TAGS },
    needs: ({ ResourceARN = '*' }) => [ResourceARN],
    handle: ({ ResourceARN }, { tags }) => ({
      Tags: tags.list(ResourceARN).map(([Key, Value]) => ({ Key, Value })),
    }),
  }),
  TagResource: operation({
    input: { ...OF_RESOURCE, Tags: required({ ...TAGS, min: 1 }) },
    output: {},
    needs: ({ ResourceARN = '*' }) => [ResourceARN],
    handle({ ResourceARN, Tags }, { tags }) {
      tags.tag(ResourceARN, Tags);
      return {};
    },
  }),
  UntagResource: operation({
    input: { ...OF_RESOURCE, TagKeys: required(list(text(), { max: MAX_TAGS })) },
    output: {},
    needs: ({ ResourceARN = '*' }) => [ResourceARN],
    handle({ ResourceARN, TagKeys }, { tags }) {
      tags.untag(ResourceARN, TagKeys);
      return {};
    },
  }),
};
