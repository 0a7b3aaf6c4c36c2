import type { JsonObject } from '../../../aws/json-object.ts';
import { list, type Members, required, structure, text } from '../../../aws/members.ts';
import { wordOf } from '../definition/plain.ts';
import type { MappingModel } from '../domains/domain-model.ts';
import { type ManagementContext, needsOf, newId, notFound, operation } from './context.ts';
import { domainOf, refuseMapping } from './domain-rules.ts';
import { OF_DOMAIN } from './http-domain-operations.ts';
import { onWire } from './http-members.ts';
import { LISTED, listOf } from './http-parts.ts';

const MAPPINGS = '/v2/domainnames/{DomainName}/apimappings';
const ONE = `${MAPPINGS}/{ApiMappingId}`;
const SETTINGS: Members = { ApiId: text(), ApiMappingKey: text(), Stage: text() };
const MAPPING: Members = { ...SETTINGS, ApiMappingId: text() };
const OF_MAPPING: Members = { ...OF_DOMAIN, ApiMappingId: required(text({ at: 'path' })) };

/** Mappings of custom domains, of REST APIs, too. */
export const MAPPING_OPERATIONS = {
  CreateApiMapping: operation({
    route: `POST ${MAPPINGS}`,
    status: 201,
    input: {
      ...onWire({ ...SETTINGS, ApiId: required(text()), Stage: required(text()) }),
      ...OF_DOMAIN,
    },
    output: onWire(MAPPING),
    needs: needsOf(`POST ${MAPPINGS}`),
    handle({ DomainName, ApiId, ApiMappingKey, Stage }, context) {
      const { name: domainName } = domainOf(wordOf(DomainName) ?? '', context);
      const name = newId(6);
      return keep(
        changed(
          { logicalId: name, name, domainName, basePath: '', apiId: '' },
          { ApiId, ApiMappingKey, Stage },
        ),
        context,
      );
    },
  }),
  GetApiMapping: operation({
    route: `GET ${ONE}`,
    input: OF_MAPPING,
    output: onWire(MAPPING),
    needs: needsOf(`GET ${ONE}`),
    handle: (input, context) => told(found(input, context)),
  }),
  GetApiMappings: operation({
    route: `GET ${MAPPINGS}`,
    input: { ...onWire(LISTED), ...OF_DOMAIN },
    output: onWire({ Items: list(structure(MAPPING)), NextToken: text() }),
    needs: needsOf(`GET ${MAPPINGS}`),
    handle(input, context) {
      const { name } = domainOf(wordOf(input.DomainName) ?? '', context);
      return listOf(context.domains.mappings.list(name).map(told), `mappings of ${name}`, input);
    },
  }),
  UpdateApiMapping: operation({
    route: `PATCH ${ONE}`,
    input: { ...onWire({ ...SETTINGS, ApiId: required(text()) }), ...OF_MAPPING },
    output: onWire(MAPPING),
    needs: needsOf(`PATCH ${ONE}`),
    handle({ DomainName, ApiMappingId, ...given }, context) {
      return keep(changed(found({ DomainName, ApiMappingId }, context), given), context);
    },
  }),
  DeleteApiMapping: operation({
    route: `DELETE ${ONE}`,
    status: 204,
    input: OF_MAPPING,
    needs: needsOf(`DELETE ${ONE}`),
    handle(input, context) {
      context.domains.mappings.remove(found(input, context).name);
      return {};
    },
  }),
};

function changed(before: MappingModel, { ApiId, ApiMappingKey, Stage }: JsonObject): MappingModel {
  const stage = wordOf(Stage);
  return {
    ...before,
    basePath: wordOf(ApiMappingKey) ?? before.basePath,
    apiId: wordOf(ApiId) ?? before.apiId,
    ...(stage !== undefined && { stage }),
  };
}

function keep(mapping: MappingModel, context: ManagementContext): JsonObject {
  refuseMapping(mapping, context);
  context.domains.mappings.put(mapping);
  return told(mapping);
}

function found({ DomainName, ApiMappingId }: JsonObject, context: ManagementContext): MappingModel {
  const { name } = domainOf(wordOf(DomainName) ?? '', context);
  const mapping = context.domains.mappings.list(name).find((each) => each.name === ApiMappingId);
  if (!mapping) throw notFound('Invalid API mapping identifier specified');
  return mapping;
}

function told({ name, apiId, basePath, stage }: MappingModel): JsonObject {
  return { ApiMappingId: name, ApiId: apiId, ApiMappingKey: basePath, Stage: stage ?? '' };
}
