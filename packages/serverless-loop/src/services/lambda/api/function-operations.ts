import { LATEST } from '../../../aws/arn.ts';
import { AwsError } from '../../../aws/errors.ts';
import {
  integer,
  list,
  map,
  oneOf,
  required,
  structure,
  text,
  timestamp,
  type Written,
} from '../../../aws/members.ts';
import type { FunctionModel } from '../../../template/model.ts';
import { asyncInvokeOf, qualifiedArn } from '../qualifier.ts';
import { type Deployment, functionConfiguration } from './api-configuration.ts';
import { type CalledFunction, functionArn, functionOf, notFound } from './api-function-lookup.ts';
import { operation } from './context.ts';
import { listPage, PAGE_INPUT } from './list-page.ts';
import { CONFIGURATION, FUNCTION, NAMESPACED_FUNCTION, QUALIFIED_FUNCTION } from './shapes.ts';

const INVOKE_CONFIG = {
  LastModified: timestamp(),
  FunctionArn: text(),
  MaximumRetryAttempts: integer(),
  MaximumEventAgeInSeconds: integer(),
  DestinationConfig: structure({
    OnSuccess: structure({ Destination: text() }),
    OnFailure: structure({ Destination: text() }),
  }),
} as const;

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

export const FUNCTION_OPERATIONS = {
  GetFunction: operation({
    route: 'GET /2015-03-31/functions/{FunctionName}',
    input: QUALIFIED_FUNCTION,
    output: {
      Configuration: structure(CONFIGURATION),
      Code: structure({ RepositoryType: text(), Location: text() }),
      Concurrency: structure({ ReservedConcurrentExecutions: integer() }),
    },
    needs: functionArn,
    async handle(input, context) {
      const called = functionOf(input, context);
      const { deployment } = context;
      const { reservedConcurrency } = called.fn;
      const made = await deployment.code?.locate(called.fn);
      return {
        Configuration: functionConfiguration(called, deployment, made),
        Code: { RepositoryType: 'S3', ...(made && { Location: made.url }) },
        ...(reservedConcurrency !== undefined && {
          Concurrency: { ReservedConcurrentExecutions: reservedConcurrency },
        }),
      };
    },
  }),

  GetFunctionConfiguration: operation({
    route: 'GET /2015-03-31/functions/{FunctionName}/configuration',
    input: QUALIFIED_FUNCTION,
    output: CONFIGURATION,
    needs: functionArn,
    handle: (input, context) => functionConfiguration(functionOf(input, context), context.deployment),
  }),

  ListFunctions: operation({
    route: 'GET /2015-03-31/functions',
    input: { FunctionVersion: oneOf(['ALL'], { at: 'query' }), ...PAGE_INPUT },
    output: { Functions: list(structure(CONFIGURATION)), NextMarker: text() },
    needs: () => ['*'],
    handle({ FunctionVersion, ...page }, { list: functions, deployment }) {
      const { items, nextToken } = listPage(functions(), 'functions', page, ({ name }) => name);
      const listed = FunctionVersion === 'ALL' ? items.flatMap(versionsOf) : items.map((fn) => ({ fn }));
      return {
        Functions: listed.map((called) => functionConfiguration(called, deployment)),
        NextMarker: nextToken,
      };
    },
  }),

  ListVersionsByFunction: operation({
    route: 'GET /2015-03-31/functions/{FunctionName}/versions',
    input: { ...NAMESPACED_FUNCTION, ...PAGE_INPUT },
    output: { Versions: list(structure(CONFIGURATION)), NextMarker: text() },
    needs: functionArn,
    handle(input, context) {
      const { fn } = functionOf(input, context);
      const { items, nextToken } = listPage(versionsOf(fn), `versions of ${fn.name}`, input);
      return {
        Versions: items.map((called) => functionConfiguration(called, context.deployment)),
        NextMarker: nextToken,
      };
    },
  }),

  GetFunctionEventInvokeConfig: operation({
    route: 'GET /2019-09-25/functions/{FunctionName}/event-invoke-config',
    input: QUALIFIED_FUNCTION,
    output: INVOKE_CONFIG,
    needs: functionArn,
    handle: (input, context) =>
      describeInvokeConfig(
        functionOf(input, context, (arn, qualifier) =>
          noInvokeConfig(qualifier === undefined ? `${arn}:${LATEST}` : arn),
        ),
        context.deployment,
      ),
  }),

  GetFunctionConcurrency: operation({
    route: 'GET /2019-09-30/functions/{FunctionName}/concurrency',
    input: FUNCTION,
    output: { ReservedConcurrentExecutions: integer() },
    needs: functionArn,
    handle: (input, context) => ({
      ReservedConcurrentExecutions: functionOf(input, context).fn.reservedConcurrency,
    }),
  }),

  ListTags: operation({
    route: 'GET /2017-03-31/tags/{Resource}',
    input: { Resource: TAGGABLE },
    output: { Tags: map(text()) },
    needs: ({ Resource = '*' }, context) => functionArn({ FunctionName: Resource }, context),
    handle({ Resource }, context) {
      const { fn, qualifier } = functionOf({ FunctionName: Resource }, context);
      if (qualifier !== undefined)
        throw new AwsError(
          'InvalidParameterValueException',
          'Tags on function aliases and versions are not supported.',
        );
      return { Tags: fn.tags ?? {} };
    },
  }),
};

/** Those that are published have a number for their name. */
export function versionsOf(fn: FunctionModel): CalledFunction[] {
  const published = fn.qualifiers.filter(({ name, version }) => name === version);
  return [LATEST, ...published.map(({ name }) => name)].map((qualifier) => ({ fn, qualifier }));
}

function describeInvokeConfig(
  { fn, qualifier }: CalledFunction,
  { deployedAt }: Deployment,
): Written<typeof INVOKE_CONFIG> {
  const { isConfigured, ...config } = asyncInvokeOf(fn, qualifier);
  const FunctionArn = qualifiedArn(fn, qualifier ?? LATEST);
  if (!isConfigured) throw noInvokeConfig(FunctionArn);
  return {
    LastModified: deployedAt,
    FunctionArn,
    MaximumRetryAttempts: config.maximumRetryAttempts,
    MaximumEventAgeInSeconds: config.maximumEventAgeSeconds,
    DestinationConfig: {
      OnSuccess: destination(config.onSuccessArn),
      OnFailure: destination(config.onFailureArn),
    },
  };
}

/** The same where there is no such function (LocalStack's record, test_lambda_api.snapshot.json, test_ops_on_nonexisting_fn). */
function noInvokeConfig(arn: string): AwsError {
  return notFound(`The function ${arn} doesn't have an EventInvokeConfig`);
}

function destination(arn: string | undefined): { Destination?: string } {
  return arn === undefined ? {} : { Destination: arn };
}
