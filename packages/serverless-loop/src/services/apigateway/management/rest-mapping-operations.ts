import type { JsonObject } from '../../../aws/json-object.ts';
import { type Members, required, text } from '../../../aws/members.ts';
import { wordOf } from '../definition/plain.ts';
import { type MappingModel, NO_BASE_PATH } from '../domains/domain-model.ts';
import { badRequest, type ManagementContext, needsOf, newId, notFound, operation } from './context.ts';
import { domainOf, refuseMapping } from './domain-rules.ts';
import { PATCH_OPERATIONS, patched, patchesOf } from './patch.ts';
import { OF_DOMAIN } from './rest-domain-operations.ts';
import { LISTED, restList, restPage } from './rest-parts.ts';

const MAPPINGS = '/domainnames/{domainName}/basepathmappings';
const ONE = `${MAPPINGS}/{basePath}`;
const MAPPING: Members = { basePath: text(), restApiId: text(), stage: text() };
const OF_MAPPING: Members = { ...OF_DOMAIN, basePath: required(text({ at: 'path' })) };

export const MAPPING_OPERATIONS = {
  CreateBasePathMapping: operation({
    route: `POST ${MAPPINGS}`,
    status: 201,
    input: { ...OF_DOMAIN, basePath: text(), restApiId: required(text()), stage: text() },
    output: MAPPING,
    needs: needsOf(`POST ${MAPPINGS}`),
    handle({ domainName, basePath, restApiId, stage }, context) {
      const { name } = domainOf(wordOf(domainName) ?? '', context);
      return keep(mappingOf(name, { basePath, restApiId, stage }), context);
    },
  }),
  GetBasePathMapping: operation({
    route: `GET ${ONE}`,
    input: OF_MAPPING,
    output: MAPPING,
    needs: needsOf(`GET ${ONE}`),
    handle: (input, context) => told(found(input, context)),
  }),
  GetBasePathMappings: operation({
    route: `GET ${MAPPINGS}`,
    input: { ...OF_DOMAIN, ...LISTED },
    output: restList(MAPPING),
    needs: needsOf(`GET ${MAPPINGS}`),
    handle(input, context) {
      const { name } = domainOf(wordOf(input.domainName) ?? '', context);
      return restPage(context.domains.mappings.list(name).map(told), `mappings of ${name}`, input);
    },
  }),
  UpdateBasePathMapping: operation({
    route: `PATCH ${ONE}`,
    input: { ...OF_MAPPING, patchOperations: PATCH_OPERATIONS },
    output: MAPPING,
    needs: needsOf(`PATCH ${ONE}`),
    handle(input, context) {
      const before = found(input, context);
      // A patch calls the API `restapiId`, as its answers once did (API Gateway API reference, "UpdateBasePathMapping").
      const patches = patchesOf(input.patchOperations).map((patch) =>
        patch.steps[0]?.toLowerCase() === 'restapiid' ? { ...patch, steps: ['restApiId'] } : patch,
      );
      const next = patched(told(before), MAPPING, patches);
      const changed = { ...mappingOf(before.domainName, next), logicalId: before.logicalId };
      return keep({ ...changed, name: before.name }, context);
    },
  }),
  DeleteBasePathMapping: operation({
    route: `DELETE ${ONE}`,
    status: 202,
    input: OF_MAPPING,
    needs: needsOf(`DELETE ${ONE}`),
    handle(input, context) {
      context.domains.mappings.remove(found(input, context).name);
      return {};
    },
  }),
};

function mappingOf(domainName: string, { basePath, restApiId, stage }: JsonObject): MappingModel {
  const given = wordOf(basePath) ?? '';
  const path = given === NO_BASE_PATH ? '' : given;
  // github.com/getmoto/moto, moto/apigateway/exceptions.py, InvalidBasePathException.
  if (path.includes('/'))
    throw badRequest(
      "API Gateway V1 doesn't support the slash character (/) in base path mappings. To create a multi-level base path mapping, use API Gateway V2.",
    );
  // A mapping may move to another path, and leave its own to a new one.
  const name = newId(6);
  const stageName = wordOf(stage) ?? '';
  return {
    logicalId: name,
    name,
    domainName,
    basePath: path,
    apiId: wordOf(restApiId) ?? '',
    ...(stageName !== '' && stageName !== NO_BASE_PATH && { stage: stageName }),
  };
}

function keep(mapping: MappingModel, context: ManagementContext): JsonObject {
  refuseMapping(mapping, context);
  context.domains.mappings.put(mapping);
  return told(mapping);
}

function found({ domainName, basePath }: JsonObject, context: ManagementContext): MappingModel {
  const { name } = domainOf(wordOf(domainName) ?? '', context);
  const path = basePath === NO_BASE_PATH ? '' : basePath;
  const mapping = context.domains.mappings.list(name).find((each) => each.basePath === path);
  // github.com/amplify-education/serverless-domain-manager, issue 613.
  if (!mapping) throw notFound('Invalid base path mapping identifier specified');
  return mapping;
}

function told({ basePath, apiId, stage }: MappingModel): JsonObject {
  return {
    basePath: basePath === '' ? NO_BASE_PATH : basePath,
    restApiId: apiId,
    ...(stage !== undefined && { stage }),
  };
}
