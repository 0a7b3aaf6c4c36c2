import { parseArn } from '../../aws/arn.ts';
import { required, text } from '../../aws/members.ts';
import { busOf, type EventsContext, operation, ruleOf } from './context.ts';
import { TAG_KEYS, TAGS } from './shapes.ts';

const TAGGED = { ResourceARN: required(text({ min: 1, max: 1_600 })) } as const;

/** Tags of buses and rules (LocalStack's record, test_events_tags.snapshot.json). */
export const TAG_OPERATIONS = {
  TagResource: operation({
    input: { ...TAGGED, Tags: required(TAGS) },
    output: {},
    needs: ({ ResourceARN = '*' }) => [ResourceARN],
    handle({ ResourceARN, Tags }, context) {
      const tags = tagsOfResource(ResourceARN, context);
      context.tags.set(ResourceARN, new Map([...tags, ...tagsOf(Tags)]));
      return {};
    },
  }),
  UntagResource: operation({
    input: { ...TAGGED, TagKeys: required(TAG_KEYS) },
    output: {},
    needs: ({ ResourceARN = '*' }) => [ResourceARN],
    handle({ ResourceARN, TagKeys }, context) {
      const left = [...tagsOfResource(ResourceARN, context)].filter(([key]) => !TagKeys.includes(key));
      context.tags.set(ResourceARN, new Map(left));
      return {};
    },
  }),
  ListTagsForResource: operation({
    input: TAGGED,
    output: { Tags: TAGS },
    needs: ({ ResourceARN = '*' }) => [ResourceARN],
    handle({ ResourceARN }, context) {
      const tags = [...tagsOfResource(ResourceARN, context)];
      return { Tags: tags.map(([Key, Value]) => ({ Key, Value })) };
    },
  }),
};

export function tagsOf(tags: readonly { Key: string; Value: string }[] = []): Map<string, string> {
  return new Map(tags.map(({ Key, Value }) => [Key, Value]));
}

/** Throws AwsError when there is no such rule or bus. */
function tagsOfResource(arn: string, context: EventsContext): ReadonlyMap<string, string> {
  const { resource = '' } = parseArn(arn) ?? {};
  const [, inBus, ruleName] = /^rule\/(?:(.+)\/)?([^/]+)$/.exec(resource) ?? [];
  if (ruleName === undefined) busOf(resource.replace(/^event-bus\//, ''), context);
  else ruleOf(ruleName, inBus, context);
  return context.tags.get(arn) ?? new Map();
}
