import { randomUUID } from 'node:crypto';
import { LATEST } from '../../../aws/arn.ts';
import { list, required, structure, text, type Written } from '../../../aws/members.ts';
import type { FunctionModel, QualifierModel } from '../../../template/model.ts';
import { qualifiedArn } from '../qualifier.ts';
import type { Deployment } from './api-configuration.ts';
import { functionArn, functionOf, notFound } from './api-function-lookup.ts';
import { type LambdaContext, operation } from './context.ts';
import { conflict, invalid, refuseOldRevision } from './function-errors.ts';
import { listPage, PAGE_INPUT } from './list-page.ts';
import { unconfigured } from './revisions.ts';
import { ALIAS, DESCRIPTION, FUNCTION, REVISION, ROUTING, VERSION } from './shapes.ts';

const ALIAS_NAME = '(?!^[0-9]+$)([a-zA-Z0-9-_]+)';

const NAMED_ALIAS = {
  ...FUNCTION,
  Name: required(text({ at: 'path', min: 1, max: 128, pattern: ALIAS_NAME })),
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

  CreateAlias: operation({
    route: 'POST /2015-03-31/functions/{FunctionName}/aliases',
    status: 201,
    input: {
      ...FUNCTION,
      Name: required(text({ min: 1, max: 128, pattern: ALIAS_NAME })),
      FunctionVersion: required(VERSION),
      Description: DESCRIPTION,
      RoutingConfig: ROUTING,
    },
    output: ALIAS,
    needs: functionArn,
    async handle(input, context) {
      const { Name: name, FunctionVersion: version, Description: description = '' } = input;
      const { fn } = functionOf(input, context, (arn) => notFound(`Function not found: ${arn}:${version}`));
      if (aliasesOf(fn).some((other) => other.name === name))
        throw conflict(`Alias already exists: ${qualifiedArn(fn, name)}`);
      const alias = { name, version, description, asyncInvoke: unconfigured(fn.asyncInvoke) };
      return describeAlias(
        fn,
        await putAlias(fn, withWeights(fn, alias, input), context),
        context.deployment,
      );
    },
  }),

  UpdateAlias: operation({
    route: 'PUT /2015-03-31/functions/{FunctionName}/aliases/{Name}',
    input: {
      ...NAMED_ALIAS,
      FunctionVersion: VERSION,
      Description: DESCRIPTION,
      RoutingConfig: ROUTING,
      ...REVISION,
    },
    output: ALIAS,
    needs: functionArn,
    async handle(input, context) {
      const { fn } = functionOf(input, context);
      const alias = aliasOf(fn, input.Name);
      refuseOldRevision(input.RevisionId, alias.revisionId ?? context.deployment.revisionId);
      const { FunctionVersion: version = alias.version, Description: description = alias.description } =
        input;
      const next = { ...alias, version, ...(description !== undefined && { description }) };
      return describeAlias(fn, await putAlias(fn, withWeights(fn, next, input), context), context.deployment);
    },
  }),

  DeleteAlias: operation({
    route: 'DELETE /2015-03-31/functions/{FunctionName}/aliases/{Name}',
    status: 204,
    input: NAMED_ALIAS,
    needs: functionArn,
    async handle(input, context) {
      const { fn } = functionOf(input, context);
      const qualifiers = fn.qualifiers.filter(({ name, version }) => name === version || name !== input.Name);
      // One that isn't there is as good as deleted (LocalStack's record, test_lambda_api.snapshot.json, test_non_existent_alias_deletion).
      if (qualifiers.length < fn.qualifiers.length) await context.put({ ...fn, qualifiers });
      return {};
    },
  }),
};

/** Puts it in the place of the one by its name. */
async function putAlias(
  fn: FunctionModel,
  alias: QualifierModel,
  { put }: LambdaContext,
): Promise<QualifierModel> {
  const next = { ...alias, revisionId: randomUUID() };
  const others = fn.qualifiers.filter(({ name }) => name !== alias.name);
  await put({ ...fn, qualifiers: [...others, next] });
  return next;
}

/** Refuses what leads to no version, in the words of the same record, test_notfound_and_invalid_routingconfigs. */
function withWeights(
  fn: FunctionModel,
  { weights: before, ...alias }: QualifierModel,
  { RoutingConfig }: { RoutingConfig?: { AdditionalVersionWeights?: Record<string, number> } },
): QualifierModel {
  const { version } = alias;
  const weights = RoutingConfig ? (RoutingConfig.AdditionalVersionWeights ?? {}) : (before ?? {});
  const others = Object.keys(weights);
  if (others.length > 1)
    throw invalid('Number of items in AdditionalVersionWeights cannot be greater than 1');
  if (others.includes(version))
    throw invalid(
      `Invalid function version ${version}. Function version ${version} is already included in routing configuration.`,
    );
  if (others.length > 0 && version === LATEST)
    throw invalid('$LATEST is not supported for an alias pointing to more than 1 version');
  for (const wanted of [version, ...others])
    if (wanted !== LATEST && !fn.qualifiers.some((other) => isVersion(other) && other.name === wanted))
      throw notFound(`Function not found: ${qualifiedArn(fn, wanted)}`);
  return { ...alias, ...(others.length > 0 && { weights }) };
}

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
  { name, version, description = '', weights, revisionId }: QualifierModel,
  deployment: Deployment,
): Written<typeof ALIAS> {
  return {
    AliasArn: qualifiedArn(fn, name),
    Name: name,
    FunctionVersion: version,
    Description: description,
    ...(weights && { RoutingConfig: { AdditionalVersionWeights: weights } }),
    RevisionId: revisionId ?? deployment.revisionId,
  };
}
