import { LATEST } from '../../../aws/arn.ts';
import type { AwsError } from '../../../aws/errors.ts';
import { integer, list, structure, text, timestamp, type Written } from '../../../aws/members.ts';
import type { AsyncInvokeModel, FunctionModel } from '../../../template/model.ts';
import { asyncInvokeOf, qualifiedArn } from '../qualifier.ts';
import { type CalledFunction, functionArn, functionOf, notFound } from './api-function-lookup.ts';
import { type LambdaContext, operation } from './context.ts';
import { invalid } from './function-errors.ts';
import { listPage, SHORT_PAGE_INPUT } from './list-page.ts';
import { unconfigured } from './revisions.ts';
import { FUNCTION, QUALIFIED_FUNCTION } from './shapes.ts';

const DESTINATION = text({
  max: 350,
  pattern:
    '$|kafka://([^.]([a-zA-Z0-9\\-_.]{0,248}))|arn:(aws[a-zA-Z0-9-]*):([a-zA-Z0-9\\-])+:((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1})?:(\\d{12})?:(.*)',
});

const SETTINGS = {
  MaximumRetryAttempts: integer({ min: 0, max: 2 }),
  MaximumEventAgeInSeconds: integer({ min: 60, max: 21_600 }),
  DestinationConfig: structure({
    OnSuccess: structure({ Destination: DESTINATION }),
    OnFailure: structure({ Destination: DESTINATION }),
  }),
} as const;

const INVOKE_CONFIG = { LastModified: timestamp(), FunctionArn: text(), ...SETTINGS } as const;

interface Given {
  MaximumRetryAttempts?: number;
  MaximumEventAgeInSeconds?: number;
  DestinationConfig?: { OnSuccess?: { Destination?: string }; OnFailure?: { Destination?: string } };
}

/**
 * Settings of asynchronous invocation, of a function and of each of its versions and aliases. The refusals of this file are
 * worded as in LocalStack's record, test_lambda_api.snapshot.json, test_lambda_eventinvokeconfig_exceptions.
 */
export const INVOKE_CONFIG_OPERATIONS = {
  GetFunctionEventInvokeConfig: operation({
    route: 'GET /2019-09-25/functions/{FunctionName}/event-invoke-config',
    input: QUALIFIED_FUNCTION,
    output: INVOKE_CONFIG,
    needs: functionArn,
    handle: (input, context) => describe(configured(input, context), context),
  }),

  ListFunctionEventInvokeConfigs: operation({
    route: 'GET /2019-09-25/functions/{FunctionName}/event-invoke-config/list',
    input: { ...FUNCTION, ...SHORT_PAGE_INPUT },
    output: { FunctionEventInvokeConfigs: list(structure(INVOKE_CONFIG)), NextMarker: text() },
    needs: functionArn,
    handle(input, context) {
      const { fn } = functionOf(input, context, noFunction);
      const called = [LATEST, ...fn.qualifiers.map(({ name }) => name)]
        .map((qualifier) => ({ fn, qualifier }))
        .filter(({ qualifier }) => asyncInvokeOf(fn, qualifier).isConfigured);
      const { items, nextToken } = listPage(called, `invoke configurations of ${fn.name}`, input);
      return {
        FunctionEventInvokeConfigs: items.map((each) => describe(each, context)),
        NextMarker: nextToken,
      };
    },
  }),

  /** In place of what was configured before. */
  PutFunctionEventInvokeConfig: operation({
    route: 'PUT /2019-09-25/functions/{FunctionName}/event-invoke-config',
    input: { ...QUALIFIED_FUNCTION, ...SETTINGS },
    output: INVOKE_CONFIG,
    needs: functionArn,
    async handle(input, context) {
      refuseEmpty(input);
      const called = functionOf(input, context, noFunction);
      const before = unconfigured(asyncInvokeOf(called.fn, called.qualifier));
      return await put(called, { ...before, unsaid: ['retries', 'age'] }, input, context);
    },
  }),

  /** Beside what was configured before. */
  UpdateFunctionEventInvokeConfig: operation({
    route: 'POST /2019-09-25/functions/{FunctionName}/event-invoke-config',
    input: { ...QUALIFIED_FUNCTION, ...SETTINGS },
    output: INVOKE_CONFIG,
    needs: functionArn,
    async handle(input, context) {
      refuseEmpty(input);
      const called = configured(input, context);
      return await put(called, asyncInvokeOf(called.fn, called.qualifier), input, context);
    },
  }),

  DeleteFunctionEventInvokeConfig: operation({
    route: 'DELETE /2019-09-25/functions/{FunctionName}/event-invoke-config',
    status: 204,
    input: QUALIFIED_FUNCTION,
    needs: functionArn,
    async handle(input, context) {
      const called = configured(input, context);
      const before = asyncInvokeOf(called.fn, called.qualifier);
      await context.put(withSettings(called, unconfigured(before)));
      return {};
    },
  }),
};

function noFunction(): AwsError {
  return notFound("The function doesn't exist.");
}

function refuseEmpty(given: Given): void {
  if (given.MaximumRetryAttempts ?? given.MaximumEventAgeInSeconds ?? given.DestinationConfig) return;
  if (given.MaximumRetryAttempts === 0) return;
  throw invalid('You must specify at least one of error handling or destination setting.');
}

/** The function, version or alias that has a configuration of its own. */
function configured(
  input: { FunctionName: string; Qualifier?: string },
  context: LambdaContext,
): CalledFunction {
  const called = functionOf(input, context, (arn, qualifier) =>
    noInvokeConfig(qualifier === undefined ? `${arn}:${LATEST}` : arn),
  );
  const { fn, qualifier = LATEST } = called;
  if (!asyncInvokeOf(fn, qualifier).isConfigured) throw noInvokeConfig(qualifiedArn(fn, qualifier));
  return called;
}

/** The same where there is no such function (the same record, test_ops_on_nonexisting_fn). */
function noInvokeConfig(arn: string): AwsError {
  return notFound(`The function ${arn} doesn't have an EventInvokeConfig`);
}

async function put(called: CalledFunction, before: AsyncInvokeModel, given: Given, context: LambdaContext) {
  const {
    MaximumRetryAttempts: retries,
    MaximumEventAgeInSeconds: age,
    DestinationConfig: destinations,
  } = given;
  const { onSuccessArn, onFailureArn, unsaid = [], ...settings } = before;
  const success = destinations?.OnSuccess ? destinations.OnSuccess.Destination : onSuccessArn;
  const failure = destinations?.OnFailure ? destinations.OnFailure.Destination : onFailureArn;
  for (const arn of [success, failure]) refuseDestination(arn, called.fn, context);
  const next = withSettings(called, {
    ...settings,
    isConfigured: true,
    changedAt: context.now(),
    ...(retries !== undefined && { maximumRetryAttempts: retries }),
    ...(age !== undefined && { maximumEventAgeSeconds: age }),
    unsaid: unsaid.filter((limit) => (limit === 'retries' ? retries : age) === undefined),
    ...(success && { onSuccessArn: success }),
    ...(failure && { onFailureArn: failure }),
  });
  await context.put(next);
  return describe({ ...called, fn: next }, context);
}

function refuseDestination(arn: string | undefined, fn: FunctionModel, { find }: LambdaContext): void {
  if (!arn) return;
  if (arn === fn.arn) throw invalid("You can't specify the function as a destination for itself.");
  if (!/^arn:[\w-]+:(sqs|sns|lambda|events|s3):/.test(arn))
    throw invalid(`The provided destination config ${arn} is invalid.`);
  if (/^arn:[\w-]+:lambda:/.test(arn) && !find(arn)) throw invalid(`The destination ARN ${arn} is invalid.`);
}

function withSettings(
  { fn, qualifier = LATEST }: CalledFunction,
  asyncInvoke: AsyncInvokeModel,
): FunctionModel {
  if (qualifier === LATEST) return { ...fn, asyncInvoke };
  const qualifiers = fn.qualifiers.map((own) => (own.name === qualifier ? { ...own, asyncInvoke } : own));
  return { ...fn, qualifiers };
}

function describe(
  { fn, qualifier = LATEST }: CalledFunction,
  { deployment }: LambdaContext,
): Written<typeof INVOKE_CONFIG> {
  const { unsaid = [], changedAt, ...config } = asyncInvokeOf(fn, qualifier);
  return {
    LastModified: changedAt ?? deployment.deployedAt,
    FunctionArn: qualifiedArn(fn, qualifier),
    ...(!unsaid.includes('retries') && { MaximumRetryAttempts: config.maximumRetryAttempts }),
    ...(!unsaid.includes('age') && { MaximumEventAgeInSeconds: config.maximumEventAgeSeconds }),
    DestinationConfig: {
      OnSuccess: destination(config.onSuccessArn),
      OnFailure: destination(config.onFailureArn),
    },
  };
}

function destination(arn: string | undefined): { Destination?: string } {
  return arn === undefined ? {} : { Destination: arn };
}
