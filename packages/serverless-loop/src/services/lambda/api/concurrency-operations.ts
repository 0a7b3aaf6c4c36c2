import { LATEST } from '../../../aws/arn.ts';
import { AwsError } from '../../../aws/errors.ts';
import { integer, list, required, structure, text, type Written } from '../../../aws/members.ts';
import type { FunctionModel, QualifierModel } from '../../../template/model.ts';
import { qualifiedArn } from '../qualifier.ts';
import { functionArn, functionOf, type Missing, notFound } from './api-function-lookup.ts';
import { type LambdaContext, operation } from './context.ts';
import { conflict, invalid } from './function-errors.ts';
import { listPage, SHORT_PAGE_INPUT } from './list-page.ts';
import { FUNCTION } from './shapes.ts';

const RESERVED = { ReservedConcurrentExecutions: integer() } as const;
/** An account's, and what is left to all functions at least (Lambda guide, "Understanding Lambda function scaling"). */
const ACCOUNT_CONCURRENCY = 1_000;
const MIN_UNRESERVED = 100;

const PROVISIONED = {
  RequestedProvisionedConcurrentExecutions: integer(),
  AvailableProvisionedConcurrentExecutions: integer(),
  AllocatedProvisionedConcurrentExecutions: integer(),
  Status: text(),
  LastModified: text(),
} as const;

const OF_QUALIFIER = {
  ...FUNCTION,
  Qualifier: required(
    text({ at: 'query', min: 1, max: 128, pattern: '\\$(LATEST(\\.PUBLISHED)?)|[a-zA-Z0-9-_$]+' }),
  ),
} as const;
const AT = '/2019-09-30/functions/{FunctionName}/provisioned-concurrency';

/**
 * Reserved concurrency, which holds here, and provisioned concurrency, which is kept and shown: environments start when they are
 * called. The refusals are worded as in LocalStack's record, test_lambda_api.snapshot.json, test_provisioned_concurrency_exceptions.
 */
export const CONCURRENCY_OPERATIONS = {
  GetFunctionConcurrency: operation({
    route: 'GET /2019-09-30/functions/{FunctionName}/concurrency',
    input: FUNCTION,
    output: RESERVED,
    needs: functionArn,
    handle: (input, context) => ({
      ReservedConcurrentExecutions: functionOf(input, context).fn.reservedConcurrency,
    }),
  }),

  PutFunctionConcurrency: operation({
    route: 'PUT /2017-10-31/functions/{FunctionName}/concurrency',
    input: { ...FUNCTION, ReservedConcurrentExecutions: required(integer({ min: 0 })) },
    output: RESERVED,
    needs: functionArn,
    async handle(input, context) {
      const fn = wholeFunction(input, context);
      const { ReservedConcurrentExecutions: reservedConcurrency } = input;
      const others = context.list().filter(({ name }) => name !== fn.name);
      const reserved = others.reduce((sum, { reservedConcurrency: own = 0 }) => sum + own, 0);
      if (reservedConcurrency > ACCOUNT_CONCURRENCY - MIN_UNRESERVED - reserved)
        throw invalid(
          `Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [${MIN_UNRESERVED}].`,
        );
      await context.put({ ...fn, reservedConcurrency });
      return { ReservedConcurrentExecutions: reservedConcurrency };
    },
  }),

  DeleteFunctionConcurrency: operation({
    route: 'DELETE /2017-10-31/functions/{FunctionName}/concurrency',
    status: 204,
    input: FUNCTION,
    needs: functionArn,
    async handle(input, context) {
      const { reservedConcurrency, ...fn } = wholeFunction(input, context);
      if (reservedConcurrency !== undefined) await context.put(fn);
      return {};
    },
  }),

  PutProvisionedConcurrencyConfig: operation({
    route: `PUT ${AT}`,
    status: 202,
    input: { ...OF_QUALIFIER, ProvisionedConcurrentExecutions: required(integer({ min: 1 })) },
    output: PROVISIONED,
    needs: functionArn,
    async handle(input, context) {
      const { fn, own } = provisionable(input, context);
      refuseTwice(fn, own);
      const provisioned = { count: input.ProvisionedConcurrentExecutions, at: context.now() };
      await context.put(withQualifier(fn, { ...own, provisioned }));
      return { ...describe(provisioned), ...NOT_YET };
    },
  }),

  GetProvisionedConcurrencyConfig: operation({
    route: `GET ${AT}`,
    input: OF_QUALIFIER,
    output: PROVISIONED,
    needs: functionArn,
    handle(input, context) {
      const { provisioned } = provisionable(input, context).own;
      if (!provisioned)
        throw new AwsError(
          'ProvisionedConcurrencyConfigNotFoundException',
          'No Provisioned Concurrency Config found for this function',
          { status: 404, members: { Type: 'User' } },
        );
      return describe(provisioned);
    },
  }),

  ListProvisionedConcurrencyConfigs: operation({
    route: `GET ${AT}?List=ALL`,
    input: { ...FUNCTION, ...SHORT_PAGE_INPUT },
    output: {
      ProvisionedConcurrencyConfigs: list(structure({ FunctionArn: text(), ...PROVISIONED })),
      NextMarker: text(),
    },
    needs: functionArn,
    handle(input, context) {
      const { fn } = functionOf(input, context);
      const all = fn.qualifiers.flatMap(({ name, provisioned }) =>
        provisioned ? [{ FunctionArn: qualifiedArn(fn, name), ...describe(provisioned) }] : [],
      );
      const { items, nextToken } = listPage(all, `provisioned concurrency of ${fn.name}`, input);
      return { ProvisionedConcurrencyConfigs: items, NextMarker: nextToken };
    },
  }),

  DeleteProvisionedConcurrencyConfig: operation({
    route: `DELETE ${AT}`,
    status: 204,
    input: OF_QUALIFIER,
    needs: functionArn,
    async handle(input, context) {
      const { fn, own } = provisionable(input, context);
      const { provisioned, ...rest } = own;
      if (provisioned) await context.put(withQualifier(fn, rest));
      return {};
    },
  }),
};

/** In the answer of the call itself, which comes before the environments. */
const NOT_YET = {
  AvailableProvisionedConcurrentExecutions: 0,
  AllocatedProvisionedConcurrentExecutions: 0,
  Status: 'IN_PROGRESS',
} as const;

function wholeFunction(input: { FunctionName: string }, context: LambdaContext): FunctionModel {
  const { fn, qualifier } = functionOf(input, context, (arn) =>
    notFound(`Function not found: ${arn}:${LATEST}`),
  );
  if (qualifier === undefined) return fn;
  throw invalid(
    'This operation is permitted on Lambda functions only. Aliases and versions do not support this operation. Please specify either a function name or an unqualified function ARN.',
  );
}

const nothing: Missing = (arn, qualifier = '') =>
  notFound(/^\d+$/.test(qualifier) ? `Function not found: ${arn}` : `Cannot find alias arn: ${arn}`);

/** The published version or alias that a call is about. */
function provisionable(
  input: { FunctionName: string; Qualifier: string },
  context: LambdaContext,
): { fn: FunctionModel; own: QualifierModel } {
  const { fn, qualifier } = functionOf(input, context, nothing);
  const own = fn.qualifiers.find(({ name }) => name === qualifier);
  if (own) return { fn, own };
  throw invalid('The function resource provided must be an alias or a published version.');
}

/** A version has it by its own number or by an alias, not by both. */
function refuseTwice({ qualifiers }: FunctionModel, { name, version }: QualifierModel): void {
  const isAlias = name !== version;
  const others = qualifiers.filter((other) => other.version === version && other.provisioned);
  if (isAlias && others.some((other) => other.name === version))
    throw conflict(
      "Alias can't be used for Provisioned Concurrency configuration on an already Provisioned version",
    );
  if (!isAlias && others.some((other) => other.name !== version))
    throw conflict('Version is pointed by a Provisioned Concurrency alias');
}

function withQualifier(fn: FunctionModel, qualifier: QualifierModel): FunctionModel {
  const qualifiers = fn.qualifiers.map((own) => (own.name === qualifier.name ? qualifier : own));
  return { ...fn, qualifiers };
}

function describe({ count, at }: NonNullable<QualifierModel['provisioned']>): Written<typeof PROVISIONED> {
  return {
    RequestedProvisionedConcurrentExecutions: count,
    AvailableProvisionedConcurrentExecutions: count,
    AllocatedProvisionedConcurrentExecutions: count,
    Status: 'READY',
    LastModified: new Date(at).toISOString().replace('Z', '+0000'),
  };
}
