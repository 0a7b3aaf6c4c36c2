import { list, structure, text } from '../../aws/members.ts';
import { listed, operation, registryArn, type SchemasContext } from './context.ts';
import type { Registry } from './registries.ts';
import { DESCRIPTION, IN_REGISTRY, NEW_REGISTRY, PAGED, REGISTRY, REGISTRY_SUMMARY, TAGS } from './shapes.ts';

export const REGISTRY_OPERATIONS = {
  ListRegistries: operation({
    route: 'GET /v1/registries',
    input: { ...PAGED, RegistryNamePrefix: text({ at: 'query', name: 'registryNamePrefix' }) },
    output: { Registries: list(structure(REGISTRY_SUMMARY)), NextToken: text() },
    needs: (_input, context) => [registryArn({}, context)],
    handle(input, context) {
      const { RegistryNamePrefix: prefix = '' } = input;
      const found = context.registries.list().filter(({ name }) => name.startsWith(prefix));
      const { items, nextToken } = listed('ListRegistries', found, input);
      return { Registries: items.map((registry) => summaryOf(registry, context)), NextToken: nextToken };
    },
  }),
  CreateRegistry: operation({
    route: 'POST /v1/registries/name/{registryName}',
    status: 201,
    input: { ...NEW_REGISTRY, Description: DESCRIPTION, Tags: TAGS },
    output: REGISTRY,
    needs: (input, context) => [registryArn(input, context)],
    handle({ RegistryName: name, Description, Tags: tags = {} }, context) {
      const description = Description === undefined ? {} : { description: Description };
      context.registries.create({ name, ...description, tags, schemas: new Map() });
      return describe(context.registries.get(name), context);
    },
  }),
  DescribeRegistry: operation({
    route: 'GET /v1/registries/name/{registryName}',
    input: IN_REGISTRY,
    output: REGISTRY,
    needs: (input, context) => [registryArn(input, context)],
    handle: ({ RegistryName }, context) => describe(context.registries.get(RegistryName), context),
  }),
  DeleteRegistry: operation({
    route: 'DELETE /v1/registries/name/{registryName}',
    status: 204,
    input: IN_REGISTRY,
    needs: (input, context) => [registryArn(input, context)],
    handle({ RegistryName }, { registries }) {
      registries.remove(RegistryName);
      return {};
    },
  }),
};

function describe(registry: Registry, context: SchemasContext) {
  return { ...summaryOf(registry, context), Description: registry.description };
}

function summaryOf({ name, tags }: Registry, context: SchemasContext) {
  return { RegistryArn: registryArn({ RegistryName: name }, context), RegistryName: name, Tags: tags };
}
