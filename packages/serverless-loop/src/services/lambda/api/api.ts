import { randomUUID } from 'node:crypto';
import { LATEST, type Place } from '../../../aws/arn.ts';
import type { JsonObject, RestAnswer, RestOperation, RestRequest } from '../../../aws/operation.ts';
import { renderPolicyDocument } from '../../../aws/policy-document.ts';
import type { RecordSegment } from '../../../aws/segment.ts';
import type { FunctionModel } from '../../../template/model.ts';
import { qualifiedArn } from '../qualifier.ts';
import { synchronousCall } from '../telemetry/synchronous-call.ts';
import { type Deployment, functionConfiguration, functionDescription } from './api-configuration.ts';
import { type CalledFunction, functionOf, type Missing, needOn, notFound } from './api-function-lookup.ts';
import type { AsyncEvent, Invoke } from './api-invocation.ts';
import { answerInvoke } from './api-invoke.ts';

const LONGEST_PAGE = 50;

export interface LambdaApiOptions {
  find(nameOrArn: string): FunctionModel | undefined;
  list(): FunctionModel[];
  place: Place;
  invoke: Invoke;
  /** Takes the segments of synchronous calls that are traced. */
  recordSegment: RecordSegment;
  /** Takes an event for the asynchronous queue. */
  accept(event: AsyncEvent): void;
  newRequestId?: () => string;
  /** Epoch milliseconds. */
  now?: () => number;
  deployment?: Deployment;
}

export function newDeployment(deployedAt: number, code?: Deployment['code']): Deployment {
  return { deployedAt, revisionId: randomUUID(), ...(code && { code }) };
}

/** Lambda's API for clients: invoking functions and reading what they are. */
export function lambdaOperations(options: LambdaApiOptions): RestOperation[] {
  const { list, place, newRequestId = randomUUID, now = Date.now } = options;
  const { deployment = newDeployment(now()) } = options;
  const invoke = synchronousCall(options);
  const read = (
    name: string,
    path: RegExp,
    answer: (called: CalledFunction) => JsonObject | Promise<JsonObject>,
    missing?: Missing,
  ) => ({
    name,
    signingName: 'lambda',
    method: 'GET',
    path,
    handle: async (request: RestRequest) => jsonAnswer(await answer(functionOf(request, options, missing))),
    needs: needOn(name, place),
  });
  return [
    {
      name: 'Invoke',
      signingName: 'lambda',
      method: 'POST',
      path: /^\/2015-03-31\/functions\/(?<functionName>[^/]+)\/invocations$/,
      handle: (request, call) => answerInvoke(request, call, { ...options, invoke, newRequestId, now }),
      needs: needOn('InvokeFunction', place),
    },
    read('GetFunction', /^\/2015-03-31\/functions\/(?<functionName>[^/]+)$/, (called) =>
      functionDescription(called, deployment),
    ),
    read(
      'GetFunctionConfiguration',
      /^\/2015-03-31\/functions\/(?<functionName>[^/]+)\/configuration$/,
      (called) => functionConfiguration(called, deployment),
    ),
    read(
      'GetPolicy',
      /^\/2015-03-31\/functions\/(?<functionName>[^/]+)\/policy$/,
      (called) => policyAnswer(called, deployment),
      nothingThere,
    ),
    {
      name: 'AddPermission',
      signingName: 'lambda',
      method: 'POST',
      path: /^\/2015-03-31\/functions\/(?<functionName>[^/]+)\/policy$/,
      async handle(request) {
        const { addPermission, noFunctionToPermit } = await import('./api-permissions.ts');
        return addPermission(request, functionOf(request, options, noFunctionToPermit));
      },
      needs: needOn('AddPermission', place),
    },
    {
      name: 'RemovePermission',
      signingName: 'lambda',
      method: 'DELETE',
      path: /^\/2015-03-31\/functions\/(?<functionName>[^/]+)\/policy\/(?<statementId>[^/]+)$/,
      async handle(request) {
        const { noFunctionToForbid, removePermission } = await import('./api-permissions.ts');
        return removePermission(request, functionOf(request, options, noFunctionToForbid));
      },
      needs: needOn('RemovePermission', place),
    },
    // A function URL needs a server of its own, which the loop doesn't have: no function has one.
    read(
      'GetFunctionUrlConfig',
      /^\/2021-10-31\/functions\/(?<functionName>[^/]+)\/url$/,
      () => {
        throw nothingThere();
      },
      nothingThere,
    ),
    {
      name: 'ListFunctions',
      signingName: 'lambda',
      method: 'GET',
      path: /^\/2015-03-31\/functions\/?$/,
      handle: ({ query }) => jsonAnswer(functionsPage(list(), query, deployment)),
      needs: () => [{ action: 'lambda:ListFunctions', resource: '*' }],
    },
  ];
}

/** Of the function, the version or the alias that is asked for: each has its own. */
function policyAnswer({ fn, qualifier }: CalledFunction, { revisionId }: Deployment): JsonObject {
  const arn = qualifiedArn(fn, qualifier);
  const statements = fn.resourcePolicy.filter(({ resources }) => resources?.includes(arn));
  if (statements.length === 0) throw nothingThere();
  return { Policy: renderPolicyDocument(statements), RevisionId: revisionId };
}

/** By name; the marker is the last name of the page before. */
function functionsPage(
  functions: FunctionModel[],
  query: URLSearchParams,
  deployment: Deployment,
): JsonObject {
  const after = query.get('Marker') ?? '';
  const asked = Number(query.get('MaxItems')) || LONGEST_PAGE;
  const rest = functions
    .filter(({ name }) => name > after)
    .sort((one, other) => (one.name < other.name ? -1 : 1));
  const page = rest.slice(0, Math.min(Math.max(asked, 1), LONGEST_PAGE));
  const last = page.at(-1);
  return {
    Functions: page.flatMap((fn) =>
      listed(fn, query).map((called) => functionConfiguration(called, deployment)),
    ),
    ...(last && page.length < rest.length && { NextMarker: last.name }),
  };
}

/** By its name alone, or with `FunctionVersion=ALL` each of its versions. */
function listed(fn: FunctionModel, query: URLSearchParams): CalledFunction[] {
  if (query.get('FunctionVersion') !== 'ALL') return [{ fn }];
  const versions = fn.qualifiers.filter(({ name, version }) => name === version);
  return [LATEST, ...versions.map(({ name }) => name)].map((qualifier) => ({ fn, qualifier }));
}

function jsonAnswer(body: JsonObject): RestAnswer {
  return { status: 200, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
}

function nothingThere() {
  return notFound('The resource you requested does not exist.');
}
