import { parseArn } from '../../../aws/arn.ts';
import { list, map, required, text } from '../../../aws/members.ts';
import { functionArn, functionOf, notFound } from './api-function-lookup.ts';
import { type LambdaContext, operation } from './context.ts';
import { invalid } from './function-errors.ts';

/** As a refusal quotes it (LocalStack's record, test_lambda_api.snapshot.json, test_tag_exceptions). */
const TAGGABLE = required(
  text({
    at: 'path',
    min: 1,
    max: 10_000,
    pattern:
      'arn:(aws[a-zA-Z-]*):lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:\\d{12}:(function:[a-zA-Z0-9-_]+(:(\\$LATEST|[a-zA-Z0-9-_]+))?|layer:([a-zA-Z0-9-_]+)|code-signing-config:csc-[a-z0-9]{17}|event-source-mapping:[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}|capacity-provider:[a-zA-Z0-9-_]+)',
  }),
);

/** Of a function or an event source mapping at most (Lambda guide, "Using tags on Lambda functions"). */
const MAX_TAGS = 50;

type Tags = Record<string, string>;

/** Tags of functions and event source mappings. */
export const TAG_OPERATIONS = {
  ListTags: operation({
    route: 'GET /2017-03-31/tags/{Resource}',
    input: { Resource: TAGGABLE },
    output: { Tags: map(text()) },
    needs: tagged,
    handle: ({ Resource }, context) => ({ Tags: holderOf(Resource, context).tags }),
  }),

  TagResource: operation({
    route: 'POST /2017-03-31/tags/{Resource}',
    status: 204,
    input: { Resource: TAGGABLE, Tags: required(map(text())) },
    needs: tagged,
    async handle({ Resource, Tags }, context) {
      const { tags, put } = holderOf(Resource, context);
      const next = { ...tags, ...Tags };
      if (Object.keys(next).length > MAX_TAGS) throw invalid('Number of tags exceeds resource tag limit.');
      await put(next);
      return {};
    },
  }),

  UntagResource: operation({
    route: 'DELETE /2017-03-31/tags/{Resource}',
    status: 204,
    input: {
      Resource: TAGGABLE,
      TagKeys: required(list(text({ name: 'Key' }), { at: 'query', name: 'tagKeys' })),
    },
    needs: tagged,
    async handle({ Resource, TagKeys }, context) {
      const { tags, put } = holderOf(Resource, context);
      await put(Object.fromEntries(Object.entries(tags).filter(([key]) => !TagKeys.includes(key))));
      return {};
    },
  }),
};

function tagged({ Resource = '*' }: { Resource?: string }, context: LambdaContext): string[] {
  return Resource.includes(':function:') ? functionArn({ FunctionName: Resource }, context) : [Resource];
}

/** The function or mapping that has the tags, and how they are changed. */
function holderOf(
  arn: string,
  context: LambdaContext,
): { tags: Tags; put(tags: Tags): void | Promise<void> } {
  const [kind, id = ''] = parseArn(arn)?.resource.split(':') ?? [];
  if (kind === 'event-source-mapping') {
    const mapping = context.eventSources.find(id);
    if (!mapping) throw notFound('The resource you requested does not exist.');
    const { model } = mapping;
    return { tags: model.tags ?? {}, put: (tags) => void context.eventSources.put({ ...model, tags }) };
  }
  if (kind !== 'function') throw notFound('The resource you requested does not exist.');
  const { fn, qualifier } = functionOf({ FunctionName: arn }, context);
  if (qualifier !== undefined) throw invalid('Tags on function aliases and versions are not supported.');
  return { tags: fn.tags ?? {}, put: (tags) => context.put({ ...fn, tags }) };
}
