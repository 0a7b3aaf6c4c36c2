import { LATEST } from '../../../aws/arn.ts';
import { AwsError } from '../../../aws/errors.ts';
import type { JsonObject, RestOperation, RestRequest } from '../../../aws/operation.ts';
import type { FunctionModel, QualifierModel } from '../../../template/model.ts';
import { asyncInvokeOf, qualifiedArn } from '../qualifier.ts';
import { type Deployment, functionConfiguration } from './api-configuration.ts';
import {
  type CalledFunction,
  type FunctionLookup,
  functionOf,
  type Missing,
  needOn,
  notFound,
} from './api-function-lookup.ts';

export interface DetailsOptions extends FunctionLookup {
  deployment: Deployment;
}

const FUNCTION = '(?<functionName>[^/]+)';

/** What only tools ask of a function: its versions and aliases, its settings apart from the configuration. */
export function lambdaDetails(options: DetailsOptions): RestOperation[] {
  const { deployment, place } = options;
  const read = (
    name: string,
    path: string,
    answer: (called: CalledFunction, request: RestRequest) => JsonObject,
    missing?: Missing,
  ): RestOperation => ({
    name,
    signingName: 'lambda',
    method: 'GET',
    path: new RegExp(`^${path}$`),
    handle: (request) => ({
      status: 200,
      body: JSON.stringify(answer(functionOf(request, options, missing), request)),
    }),
    needs: needOn(name, place),
  });
  return [
    read('ListAliases', `/2015-03-31/functions/${FUNCTION}/aliases/?`, ({ fn }, { query }) => {
      const wanted = aliasesOf(fn).filter(
        ({ version }) => version === (query.get('FunctionVersion') ?? version),
      );
      return { Aliases: wanted.map((alias) => describeAlias(fn, alias, deployment)) };
    }),
    read('GetAlias', `/2015-03-31/functions/${FUNCTION}/aliases/(?<alias>[^/]+)`, ({ fn }, { params }) => {
      const alias = aliasesOf(fn).find(({ name }) => name === params.alias);
      if (!alias) throw notFound(`Cannot find alias arn: ${qualifiedArn(fn, params.alias)}`);
      return describeAlias(fn, alias, deployment);
    }),
    read('ListVersionsByFunction', `/2015-03-31/functions/${FUNCTION}/versions`, ({ fn }) => {
      const published = fn.qualifiers.filter(({ name, version }) => name === version);
      const versions = [LATEST, ...published.map(({ name }) => name)];
      return { Versions: versions.map((qualifier) => functionConfiguration({ fn, qualifier }, deployment)) };
    }),
    read(
      'GetFunctionEventInvokeConfig',
      `/2019-09-25/functions/${FUNCTION}/event-invoke-config`,
      (called) => describeInvokeConfig(called, deployment),
      (arn, qualifier) => noInvokeConfig(qualifier === undefined ? `${arn}:${LATEST}` : arn),
    ),
    read('GetFunctionConcurrency', `/2019-09-30/functions/${FUNCTION}/concurrency`, ({ fn }) => ({
      ReservedConcurrentExecutions: fn.reservedConcurrency,
    })),
    read('ListTags', `/2017-03-31/tags/${FUNCTION}`, ({ fn, qualifier }) => {
      if (qualifier !== undefined)
        throw new AwsError(
          'InvalidParameterValueException',
          'Tags on function aliases and versions are not supported.',
        );
      return { Tags: fn.tags ?? {} };
    }),
  ];
}

function aliasesOf({ qualifiers }: FunctionModel): QualifierModel[] {
  return qualifiers.filter(({ name, version }) => name !== version);
}

/** An AliasConfiguration of the API. */
export function describeAlias(
  fn: FunctionModel,
  { name, version }: QualifierModel,
  { revisionId }: Deployment,
): JsonObject {
  return {
    AliasArn: qualifiedArn(fn, name),
    Name: name,
    FunctionVersion: version,
    Description: '',
    RevisionId: revisionId,
  };
}

function describeInvokeConfig({ fn, qualifier }: CalledFunction, { deployedAt }: Deployment): JsonObject {
  const { isConfigured, ...config } = asyncInvokeOf(fn, qualifier);
  const FunctionArn = qualifiedArn(fn, qualifier ?? LATEST);
  if (!isConfigured) throw noInvokeConfig(FunctionArn);
  return {
    // A number of epoch seconds here, unlike the times of a configuration.
    LastModified: deployedAt / 1000,
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

function destination(arn: string | undefined): JsonObject {
  return arn === undefined ? {} : { Destination: arn };
}
