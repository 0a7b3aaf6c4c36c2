import { AwsError } from '../../aws/errors.ts';
import { list, required, text } from '../../aws/members.ts';
import { groupNamed, groupNeed, type LogsContext, nameIn, operation } from './context.ts';
import type { LogGroup } from './log-store.ts';
import { GROUP_NAME, TAGS } from './shapes.ts';

const TAGGED = {
  resourceArn: required(text({ min: 1, max: 1_011, pattern: String.raw`[\w+=/:,.@-]*` })),
} as const;

const GROUP = { logGroupName: required(GROUP_NAME) } as const;

/** The operations on the tags of a group, which they name by its ARN without `:*`. */
export const TAG_OPERATIONS = {
  ListTagsForResource: operation({
    input: TAGGED,
    output: { tags: TAGS },
    needs: resourceNeed,
    handle: ({ resourceArn }, context) => ({ tags: taggedGroup(resourceArn, context).tags }),
  }),
  TagResource: operation({
    input: { ...TAGGED, tags: required(TAGS) },
    needs: resourceNeed,
    handle({ resourceArn, tags }, context) {
      Object.assign(taggedGroup(resourceArn, context).tags, tags);
      return {};
    },
  }),
  UntagResource: operation({
    input: { ...TAGGED, tagKeys: required(list(text({ min: 1 }))) },
    needs: resourceNeed,
    handle({ resourceArn, tagKeys }, context) {
      const { tags } = taggedGroup(resourceArn, context);
      for (const key of tagKeys) delete tags[key];
      return {};
    },
  }),
  // The same by the name of the group, as AWS had it before.
  ListTagsLogGroup: operation({
    input: GROUP,
    output: { tags: TAGS },
    needs: groupNeed,
    handle: ({ logGroupName }, context) => ({ tags: groupNamed(logGroupName, context).tags }),
  }),
  TagLogGroup: operation({
    input: { ...GROUP, tags: required(TAGS) },
    needs: groupNeed,
    handle({ logGroupName, tags }, context) {
      Object.assign(groupNamed(logGroupName, context).tags, tags);
      return {};
    },
  }),
  UntagLogGroup: operation({
    input: { ...GROUP, tags: required(list(text({ min: 1 }))) },
    needs: groupNeed,
    handle({ logGroupName, tags: keys }, context) {
      const { tags } = groupNamed(logGroupName, context);
      for (const key of keys) delete tags[key];
      return {};
    },
  }),
};

function resourceNeed({ resourceArn = '*' }: { resourceArn?: string }): string[] {
  return [resourceArn];
}

function taggedGroup(arn: string, context: LogsContext): LogGroup {
  const group = context.store.groups.get(nameIn(arn, context));
  if (!group) throw new AwsError('ResourceNotFoundException', 'The specified resource does not exist.');
  return group;
}
