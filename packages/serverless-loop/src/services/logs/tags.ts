import { AwsError } from '../../aws/errors.ts';
import { list, required, text } from '../../aws/members.ts';
import { type LogsContext, nameIn, operation } from './context.ts';
import type { LogGroup } from './log-store.ts';
import { TAGS } from './shapes.ts';

const TAGGED = {
  resourceArn: required(text({ min: 1, max: 1_011, pattern: String.raw`[\w+=/:,.@-]*` })),
} as const;

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
};

function resourceNeed({ resourceArn = '*' }: { resourceArn?: string }): string[] {
  return [resourceArn];
}

function taggedGroup(arn: string, context: LogsContext): LogGroup {
  const group = context.store.groups.get(nameIn(arn, context));
  if (!group) throw new AwsError('ResourceNotFoundException', 'The specified resource does not exist.');
  return group;
}
