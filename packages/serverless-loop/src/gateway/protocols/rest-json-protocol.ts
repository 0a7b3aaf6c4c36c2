import { AwsError } from '../../aws/errors.ts';
import type { Call, Need, RestAnswer, RestOperation, RestRequest } from '../../aws/operation.ts';
import { type Answer, jsonAnswer } from '../answer.ts';
import { signedCall } from '../call.ts';
import type { Protocol, Received } from '../received.ts';
import { faultOf, tooLarge, wrongService } from '../request-errors.ts';
import { newRequestId } from '../request-ids.ts';
import type { Routes } from '../routes.ts';

/** AWS's REST JSON protocol, as Lambda speaks it: method and path say what is asked (Smithy, "AWS REST JSON 1 protocol"). */
export function restJsonProtocol(routes: Routes): Protocol {
  const { rest, lazyRest = [], authorize, report } = routes;

  /** Among those of the service that the request is signed for; of all where nobody signed. */
  async function findLoading(received: Received): Promise<Found> {
    const signedFor = received.credentials?.service;
    for (const { signingName, load } of lazyRest) {
      if (signedFor !== undefined && signingName !== signedFor) continue;
      const found = findIn(await load(), received);
      if (found) return found;
    }
    report({
      kind: 'call.unknown',
      service: signedFor ?? 'http',
      operation: `${received.method} ${received.path}`,
    });
    throw nothingHere(received);
  }

  return async (received) => {
    const requestId = newRequestId();
    let called: RestOperation | undefined;
    try {
      const { operation, params } = findIn(rest, received) ?? (await findLoading(received));
      called = operation;
      const { call, service } = signedCall(received, routes, requestId, 403);
      refuseOtherScope(operation, service);
      const request = restRequest(received, params);
      const { status, headers, body } = await run(operation, request, call, (needs) =>
        authorize(call, needs, service, operation.name),
      );
      return {
        status,
        headers: { 'x-amzn-RequestId': requestId, 'Content-Type': 'application/json', ...headers },
        body: body ?? '',
      };
    } catch (thrown) {
      return errorAnswer(faultOf(thrown, received, 'ServiceException'), requestId, called);
    }
  };
}

async function run(
  operation: RestOperation,
  request: RestRequest,
  call: Call,
  mayCall: (needs: Need[]) => void,
): Promise<RestAnswer> {
  const read = operation.read(request);
  const reading = read instanceof Promise ? await read : read;
  mayCall(operation.needs(reading));
  return operation.answer(reading, call);
}

interface Found {
  operation: RestOperation;
  params: Record<string, string>;
}

function findIn(
  operations: readonly RestOperation[],
  { method, path, query }: Pick<Received, 'method' | 'path' | 'query'>,
): Found | undefined {
  for (const operation of operations) {
    const match = operation.method === method ? operation.path.exec(path) : null;
    if (match && isAsked(operation, query)) return { operation, params: decodeParams(match.groups ?? {}) };
  }
  return undefined;
}

/** Query parameters that a route has tell its operation from another one at its path. */
function isAsked({ query = [] }: RestOperation, given: string): boolean {
  if (query.length === 0) return true;
  const asked = new URLSearchParams(given);
  return query.every(([name, value]) => asked.has(name) && (value ?? asked.get(name)) === asked.get(name));
}

function refuseOtherScope({ signingName }: RestOperation, signedFor: string): void {
  if (signedFor !== '' && signedFor !== signingName) throw wrongService(signingName, 403);
}

function restRequest({ query, headers, body }: Received, params: Record<string, string>): RestRequest {
  if (body === 'too large') throw tooLarge();
  return { params, query: new URLSearchParams(query), headers, body };
}

function decodeParams(groups: Record<string, string | undefined>): Record<string, string> {
  const params: Record<string, string> = {};
  for (const [name, text] of Object.entries(groups)) {
    if (text !== undefined) params[name] = decode(text);
  }
  return params;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (cause) {
    if (cause instanceof URIError) {
      throw new AwsError(
        'InvalidParameterValueException',
        `"${text}" in the path is no valid percent-encoding.`,
      );
    }
    throw cause;
  }
}

function nothingHere({ method, path }: Received): AwsError {
  return new AwsError(
    'UnknownOperationException',
    `The loop has nothing at ${method} ${path}. Calls to AWS services go to this endpoint as AWS SDKs and the AWS CLI send them; a browser is told at / what this is, and GET /_loop/stack tells what runs.`,
    { status: 404 },
  );
}

function errorAnswer(error: AwsError, requestId: string, operation: RestOperation | undefined): Answer {
  const { code, message, status, members, headers } = error;
  const body = { ...operation?.errorMembers?.(error), ...members, Message: message };
  return jsonAnswer(status, body, { 'x-amzn-RequestId': requestId, 'x-amzn-ErrorType': code, ...headers });
}
