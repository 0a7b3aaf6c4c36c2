import { AwsError } from '../../../aws/errors.ts';
import { list, required, text } from '../../../aws/members.ts';
import { refuseNoArn } from '../errors.ts';
import { operation, type StepFunctionsContext } from './context.ts';
import { tagsOf } from './machine-views.ts';
import { ARN, TAGS } from './shapes.ts';

const RESOURCE = required(ARN);

/** The most tags of a resource (Step Functions guide, "Tagging"). */
const MAX_TAGS = 50;

export const TAG_OPERATIONS = {
  TagResource: operation({
    input: { resourceArn: RESOURCE, tags: required(TAGS) },
    output: {},
    needs: ({ resourceArn = '*' }) => [resourceArn],
    handle({ resourceArn, tags }, context) {
      const { model } = tagged(resourceArn, context);
      const all = { ...model.tags, ...tagsOf(tags) };
      if (Object.keys(all).length > MAX_TAGS)
        throw new AwsError('TooManyTags', `A resource can have ${MAX_TAGS} tags at most.`, {
          members: { resourceName: resourceArn },
        });
      model.tags = all;
      return {};
    },
  }),
  UntagResource: operation({
    input: { resourceArn: RESOURCE, tagKeys: required(list(text({ min: 1, max: 128 }))) },
    output: {},
    needs: ({ resourceArn = '*' }) => [resourceArn],
    handle({ resourceArn, tagKeys }, context) {
      const { model } = tagged(resourceArn, context);
      const left = Object.entries(model.tags).filter(([key]) => !tagKeys.includes(key));
      model.tags = Object.fromEntries(left);
      return {};
    },
  }),
  ListTagsForResource: operation({
    input: { resourceArn: RESOURCE },
    output: { tags: TAGS },
    needs: ({ resourceArn = '*' }) => [resourceArn],
    handle({ resourceArn }, context) {
      const { tags } = tagged(resourceArn, context).model;
      return { tags: Object.entries(tags).map(([key, value]) => ({ key, value })) };
    },
  }),
};

/** A state machine or an activity. Throws the AwsError ResourceNotFound. */
function tagged(
  arn: string,
  { machines, activities }: StepFunctionsContext,
): { model: { tags: Readonly<Record<string, string>> } } {
  refuseNoArn(arn);
  const found = machines.find(arn) ?? activities.find(arn);
  if (!found)
    throw new AwsError('ResourceNotFound', `Resource not found: '${arn}'`, {
      members: { resourceName: arn },
    });
  return found;
}
