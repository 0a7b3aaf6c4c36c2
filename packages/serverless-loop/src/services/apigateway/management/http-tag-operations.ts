import type { JsonObject } from '../../../aws/json-object.ts';
import { list, type Members, map, required, text } from '../../../aws/members.ts';
import { mapOf, wordOf, wordsOf } from '../definition/plain.ts';
import { type ManagementContext, needsOf, notFound, operation } from './context.ts';
import { taggedDomain } from './domain-rules.ts';
import { onWire } from './http-members.ts';

const TAGS = '/v2/tags/{ResourceArn}';
const TAGGED: Members = { ResourceArn: required(text({ at: 'path' })) };

/** Tags of APIs and stages. */
export const TAG_OPERATIONS = {
  GetTags: operation({
    route: `GET ${TAGS}`,
    input: TAGGED,
    output: onWire({ Tags: map(text()) }),
    needs: needsOf(`GET ${TAGS}`),
    handle: ({ ResourceArn }, context) => ({ Tags: mapOf(taggedBy(ResourceArn, context).part.Tags) }),
  }),
  TagResource: operation({
    route: `POST ${TAGS}`,
    status: 201,
    input: { ...onWire({ Tags: map(text()) }), ...TAGGED },
    output: {},
    needs: needsOf(`POST ${TAGS}`),
    handle({ ResourceArn, Tags }, context) {
      const { part, keep } = taggedBy(ResourceArn, context);
      keep({ ...part, Tags: { ...mapOf(part.Tags), ...mapOf(Tags) } });
      return {};
    },
  }),
  UntagResource: operation({
    route: `DELETE ${TAGS}`,
    status: 204,
    input: { ...onWire({ TagKeys: required(list(text(), { at: 'query' })) }), ...TAGGED },
    needs: needsOf(`DELETE ${TAGS}`),
    handle({ ResourceArn, TagKeys }, context) {
      const { part, keep } = taggedBy(ResourceArn, context);
      const keys = wordsOf(TagKeys);
      const kept = Object.entries(mapOf(part.Tags)).filter(([key]) => !keys.includes(key));
      keep({ ...part, Tags: Object.fromEntries(kept) });
      return {};
    },
  }),
};

/** The holder of tags that an ARN names: `arn:aws:apigateway:<region>::/apis/<id>`, or a stage below it. */
function taggedBy(
  arn: unknown,
  context: ManagementContext,
): { part: JsonObject; keep(part: JsonObject): void } {
  const domain = taggedDomain(wordOf(arn) ?? '', context);
  if (domain)
    return {
      part: { Tags: domain.part.tags },
      keep: ({ Tags }) => domain.keep({ ...domain.part, tags: Tags }),
    };
  const [, id = '', stage] =
    /^arn:[^:]+:apigateway:[^:]*::\/apis\/([^/]+)(?:\/stages\/(.+))?$/.exec(wordOf(arn) ?? '') ?? [];
  const api = context.http.find(id);
  if (!api) throw notFound('Invalid API identifier specified');
  if (stage === undefined)
    return { part: api.settings, keep: (settings) => context.http.put({ ...api, settings }) };
  const part = api.stages.get(stage);
  if (!part) throw notFound('Invalid stage identifier specified');
  return {
    part,
    keep(next) {
      api.stages.set(stage, next);
      context.http.put(api);
    },
  };
}
