import { AwsError } from '../../aws/errors.ts';
import type { JsonObject, Need } from '../../aws/operation.ts';
import { shown } from '../../aws/shown.ts';
import { constraint } from './errors.ts';
import type { LogGroup } from './log-store.ts';
import { type LogsContext, nameIn } from './lookup.ts';
import { optionalTextMap, optionalTexts, requiredText } from './request.ts';

/** The operations on the tags of a group, which they name by its ARN without `:*`. */
export const tagging: Record<string, (input: JsonObject, context: LogsContext) => JsonObject | undefined> = {
  ListTagsForResource: (input, context) => ({ tags: taggedGroup(input, context).tags }),
  TagResource(input, context) {
    Object.assign(taggedGroup(input, context).tags, optionalTextMap(input, 'tags'));
    return undefined;
  },
  UntagResource(input, context) {
    const keys = optionalTexts(input, 'tagKeys');
    if (!keys) throw constraint(undefined, 'tagKeys', 'not be null');
    const { tags } = taggedGroup(input, context);
    for (const key of keys) delete tags[key];
    return undefined;
  },
};

export function needOnResource(action: string): (input: JsonObject) => Need[] {
  return ({ resourceArn }) => [{ action: `logs:${action}`, resource: shown(resourceArn) }];
}

function taggedGroup(input: JsonObject, { store, place }: LogsContext): LogGroup {
  const arn = requiredText(input, 'resourceArn', { longest: 1011, pattern: /[\w+=/:,.@-]*/ });
  const group = store.groups.get(nameIn(arn, place));
  if (!group) throw new AwsError('ResourceNotFoundException', 'The specified resource does not exist.');
  return group;
}
