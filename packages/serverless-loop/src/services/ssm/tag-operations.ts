import { AwsError } from '../../aws/errors.ts';
import { list, oneOf, required, text } from '../../aws/members.ts';
import { operation, resourceOf, type SsmContext } from './context.ts';
import type { Parameter } from './parameter.ts';
import { TAG } from './parameter-shapes.ts';

const RESOURCE_TYPES = [
  'Document',
  'ManagedInstance',
  'MaintenanceWindow',
  'Parameter',
  'PatchBaseline',
  'OpsItem',
  'OpsMetadata',
  'Automation',
  'Association',
] as const;

const RESOURCE = {
  ResourceType: required(oneOf(RESOURCE_TYPES)),
  ResourceId: required(text()),
} as const;

/** Systems Manager API, "AddTagsToResource", TooManyTagsError. */
const MAX_TAGS = 50;

export const TAG_OPERATIONS = {
  AddTagsToResource: operation({
    input: { ...RESOURCE, Tags: required(list(TAG, { max: 1000 })) },
    output: {},
    needs: ({ ResourceId = '*' }, { place }) => [resourceOf(ResourceId, place)],
    handle({ Tags, ...resource }, context) {
      const { tags } = parameterOf(resource, context);
      const after = new Map([...tags, ...Tags.map(({ Key, Value }): [string, string] => [Key, Value])]);
      if (after.size > MAX_TAGS)
        throw new AwsError('TooManyTagsError', `A resource can have a maximum of ${MAX_TAGS} tags.`);
      for (const [key, value] of after) tags.set(key, value);
      return {};
    },
  }),
  ListTagsForResource: operation({
    input: RESOURCE,
    output: { TagList: list(TAG) },
    needs: ({ ResourceId = '*' }, { place }) => [resourceOf(ResourceId, place)],
    handle(resource, context) {
      const { tags } = parameterOf(resource, context);
      return { TagList: [...tags].map(([Key, Value]) => ({ Key, Value })) };
    },
  }),
  RemoveTagsFromResource: operation({
    input: { ...RESOURCE, TagKeys: required(list(text({ min: 1, max: 128 }))) },
    output: {},
    needs: ({ ResourceId = '*' }, { place }) => [resourceOf(ResourceId, place)],
    handle({ TagKeys, ...resource }, context) {
      const { tags } = parameterOf(resource, context);
      for (const key of TagKeys) tags.delete(key);
      return {};
    },
  }),
};

/** Parameters are all that Systems Manager has here. */
function parameterOf(
  { ResourceType, ResourceId }: { ResourceType: string; ResourceId: string },
  { store }: SsmContext,
): Parameter {
  const found = ResourceType === 'Parameter' ? store().find(ResourceId) : undefined;
  if (found) return found;
  throw new AwsError(
    'InvalidResourceId',
    'The resource ID is not valid. Verify that you entered the correct ID and try again.',
  );
}
