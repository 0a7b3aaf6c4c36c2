import { LATEST } from '../../../aws/arn.ts';
import { list, required, structure, text, type Written } from '../../../aws/members.ts';
import type { FunctionModel, QualifierModel } from '../../../template/model.ts';
import { qualifiedArn } from '../qualifier.ts';
import type { Deployment } from './api-configuration.ts';
import { functionArn, functionOf, notFound } from './api-function-lookup.ts';
import { operation } from './context.ts';
import { listPage, PAGE_INPUT } from './list-page.ts';
import { ALIAS, FUNCTION, VERSION } from './shapes.ts';

const NAMED_ALIAS = {
  ...FUNCTION,
  Name: required(text({ at: 'path', min: 1, max: 128, pattern: '(?!^[0-9]+$)([a-zA-Z0-9-_]+)' })),
} as const;

export const ALIAS_OPERATIONS = {
  ListAliases: operation({
    route: 'GET /2015-03-31/functions/{FunctionName}/aliases',
    input: { ...FUNCTION, FunctionVersion: { ...VERSION, at: 'query' }, ...PAGE_INPUT },
    output: { Aliases: list(structure(ALIAS)), NextMarker: text() },
    needs: functionArn,
    handle(input, context) {
      const { fn } = functionOf(input, context);
      const { FunctionVersion } = input;
      const wanted = aliasesOf(fn).filter(
        ({ version }) => FunctionVersion === undefined || version === FunctionVersion,
      );
      const { items, nextToken } = listPage(wanted, `aliases of ${fn.name}`, input);
      return {
        Aliases: items.map((alias) => describeAlias(fn, alias, context.deployment)),
        NextMarker: nextToken,
      };
    },
  }),

  GetAlias: operation({
    route: 'GET /2015-03-31/functions/{FunctionName}/aliases/{Name}',
    input: NAMED_ALIAS,
    output: ALIAS,
    needs: functionArn,
    handle(input, context) {
      const { fn } = functionOf(input, context);
      return describeAlias(fn, aliasOf(fn, input.Name), context.deployment);
    },
  }),

  UpdateAlias: operation({
    route: 'PUT /2015-03-31/functions/{FunctionName}/aliases/{Name}',
    input: { ...NAMED_ALIAS, FunctionVersion: VERSION },
    output: ALIAS,
    needs: functionArn,
    async handle(input, context) {
      const { fn } = functionOf(input, context);
      const alias = aliasOf(fn, input.Name);
      const { FunctionVersion: version = alias.version } = input;
      if (version !== LATEST && !fn.qualifiers.some((other) => isVersion(other) && other.name === version))
        throw notFound(`Function not found: ${qualifiedArn(fn, version)}`);
      const changed = { ...alias, version };
      await context.put({
        ...fn,
        qualifiers: fn.qualifiers.map((other) => (other === alias ? changed : other)),
      });
      return describeAlias(fn, changed, context.deployment);
    },
  }),
};

function aliasesOf({ qualifiers }: FunctionModel): QualifierModel[] {
  return qualifiers.filter((qualifier) => !isVersion(qualifier));
}

function isVersion({ name, version }: QualifierModel): boolean {
  return name === version;
}

function aliasOf(fn: FunctionModel, wanted: string): QualifierModel {
  const alias = aliasesOf(fn).find(({ name }) => name === wanted);
  if (!alias) throw notFound(`Cannot find alias arn: ${qualifiedArn(fn, wanted)}`);
  return alias;
}

function describeAlias(
  fn: FunctionModel,
  { name, version }: QualifierModel,
  { revisionId }: Deployment,
): Written<typeof ALIAS> {
  return {
    AliasArn: qualifiedArn(fn, name),
    Name: name,
    FunctionVersion: version,
    Description: '',
    RevisionId: revisionId,
  };
}
