import type { JsonObject } from '../../../aws/json-object.ts';
import { list, type Members, map, required, text } from '../../../aws/members.ts';
import { mapOf, wordOf, wordsOf } from '../definition/plain.ts';
import { type ManagementContext, needsOf, notFound, operation } from './context.ts';
import { taggedDomain } from './domain-rules.ts';
import { LISTED } from './rest-parts.ts';

const TAGS = '/tags/{resourceArn}';
const TAGGED: Members = { resourceArn: required(text({ at: 'path' })) };

/** Tags of APIs, stages, keys and usage plans. */
export const TAG_OPERATIONS = {
  GetTags: operation({
    route: `GET ${TAGS}`,
    input: { ...TAGGED, ...LISTED },
    output: { tags: map(text()) },
    needs: needsOf(`GET ${TAGS}`),
    handle: ({ resourceArn }, context) => ({ tags: mapOf(taggedBy(resourceArn, context).part.tags) }),
  }),
  TagResource: operation({
    route: `PUT ${TAGS}`,
    status: 204,
    input: { ...TAGGED, tags: required(map(text())) },
    needs: needsOf(`PUT ${TAGS}`),
    handle({ resourceArn, tags }, context) {
      const { part, keep: keepPart } = taggedBy(resourceArn, context);
      keepPart({ ...part, tags: { ...mapOf(part.tags), ...mapOf(tags) } });
      return {};
    },
  }),
  UntagResource: operation({
    route: `DELETE ${TAGS}`,
    status: 204,
    input: { ...TAGGED, tagKeys: required(list(text(), { at: 'query' })) },
    needs: needsOf(`DELETE ${TAGS}`),
    handle({ resourceArn, tagKeys }, context) {
      const { part, keep: keepPart } = taggedBy(resourceArn, context);
      const keys = wordsOf(tagKeys);
      const kept = Object.entries(mapOf(part.tags)).filter(([key]) => !keys.includes(key));
      keepPart({ ...part, tags: Object.fromEntries(kept) });
      return {};
    },
  }),
};

/** The holder of tags that an ARN names: an API, a stage, a key or a usage plan. */
function taggedBy(
  arn: unknown,
  context: ManagementContext,
): { part: JsonObject; keep(part: JsonObject): void } {
  const { rest, keys } = context;
  const domain = taggedDomain(wordOf(arn) ?? '', context);
  if (domain) return domain;
  const [, kind = '', id = '', stageName] =
    /^arn:[^:]+:apigateway:[^:]*::\/(restapis|apikeys|usageplans)\/([^/]+)(?:\/stages\/(.+))?$/.exec(
      wordOf(arn) ?? '',
    ) ?? [];
  const kept = kind === 'apikeys' ? keys.keys : keys.plans;
  const held = kind === 'restapis' ? undefined : kept.get(id);
  if (held) return { part: held, keep: (next) => void kept.set(id, next) };
  const api = kind === 'restapis' ? rest.find(id) : undefined;
  if (!api) throw notFound('Invalid resource identifier specified');
  if (stageName === undefined)
    return { part: api.settings, keep: (settings) => rest.put({ ...api, settings }) };
  const stage = api.stages.get(stageName);
  if (!stage) throw notFound('Invalid stage identifier specified');
  return {
    part: stage,
    keep(next) {
      api.stages.set(stageName, next);
      rest.put(api);
    },
  };
}
