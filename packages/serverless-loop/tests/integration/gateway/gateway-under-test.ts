import { onTestFinished, vi } from 'vitest';
import type { JsonObject } from '../../../src/aws/json-object.ts';
import { structure } from '../../../src/aws/members.ts';
import type {
  Call,
  DescribedOperation,
  JsonService,
  RestAnswer,
  RestOperation,
  RestRequest,
} from '../../../src/aws/operation.ts';
import type { Fact } from '../../../src/facts.ts';
import {
  type Gateway,
  type GatewayOptions,
  type Routes,
  startGateway,
} from '../../../src/gateway/gateway.ts';
import { DYNAMODB } from '../../../src/services/dynamodb/api/service.ts';
import { LAMBDA } from '../../../src/services/lambda/api/service.ts';

export interface GatewayUnderTest {
  gateway: Gateway;
  facts: Fact[];
  /** The shape of every SDK client's options. */
  clientOptions: {
    endpoint: string;
    region: string;
    credentials: { accessKeyId: string; secretAccessKey: string };
    maxAttempts: number;
  };
}

/** Does an operation of a test's service. */
type Act = (input: JsonObject, call: Call) => JsonObject | Promise<JsonObject>;

/** A gateway on a free port with these routes, until the test ends. */
export async function gatewayUnderTest(
  routes: Partial<Routes>,
  options: Partial<GatewayOptions> = {},
): Promise<GatewayUnderTest> {
  const facts: Fact[] = [];
  const gateway = await startGateway({ port: 0, ...options });
  onTestFinished(() => gateway.stop());
  gateway.serve(routesOf({ report: (fact) => facts.push(fact), ...routes }));
  const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' };
  return {
    gateway,
    facts,
    clientOptions: { endpoint: gateway.endpoint, region: 'eu-west-1', credentials, maxAttempts: 1 },
  };
}

/** These routes, and nothing else. */
export function routesOf(routes: Partial<Routes>): Routes {
  return {
    json: [],
    rest: [],
    identify: (accessKeyId) => (accessKeyId === undefined ? {} : { accessKeyId }),
    authorize: () => undefined,
    report: () => {},
    ...routes,
  };
}

export function dynamoDbOf(operations: Record<string, Act>): JsonService {
  const { json, signingName, title } = DYNAMODB;
  return { ...json, title, signingName, operations: actingAs(operations) };
}

export function eventBridgeOf(operations: Record<string, Act>): JsonService {
  return {
    title: 'EventBridge',
    targetPrefix: 'AWSEvents',
    signingName: 'events',
    jsonVersion: '1.1',
    operations: actingAs(operations),
  };
}

export function sqsOf(operations: Record<string, Act>): JsonService {
  return {
    title: 'SQS',
    targetPrefix: 'AmazonSQS',
    signingName: 'sqs',
    jsonVersion: '1.0',
    errorNamespace: 'com.amazonaws.sqs',
    operations: actingAs(operations),
  };
}

export function invokeOf(act: (request: RestRequest) => RestAnswer | Promise<RestAnswer>): RestOperation {
  const requests = new WeakMap<JsonObject, RestRequest>();
  return {
    name: 'Invoke',
    title: 'Lambda',
    signingName: 'lambda',
    method: 'POST',
    path: /^\/2015-03-31\/functions\/(?<functionName>[^/]+)\/invocations$/,
    read(request) {
      const input = { ...request.params };
      requests.set(input, request);
      return { given: input, input, problems: [] };
    },
    needs: ({ input }) => [{ action: 'lambda:InvokeFunction', resource: `function:${input.functionName}` }],
    answer({ input }) {
      const request = requests.get(input);
      if (!request) throw new TypeError('The input was not read.');
      return act(request);
    },
    ...LAMBDA.rest,
  };
}

/** Operations that take whatever comes, need no rights, and act as told. */
export function actingAs(acts: Record<string, Act>): Record<string, DescribedOperation> {
  return Object.fromEntries(
    Object.entries(acts).map(([name, act]) => [
      name,
      {
        input: structure({}),
        read: (given) => ({ given, input: given, problems: [] }),
        needs: () => [],
        answer: ({ input }, call) => act(input, call),
      } satisfies DescribedOperation,
    ]),
  );
}

/** A signed call by hand, for what no SDK would send. */
export async function post(
  gateway: Gateway,
  headers: Record<string, string>,
  body: string,
  path = '/',
): Promise<{ status: number; headers: Headers; text: string }> {
  const response = await fetch(gateway.endpoint + path, { method: 'POST', headers, body });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

export function signedFor(service: string): string {
  return `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261123/eu-west-1/${service}/aws4_request, SignedHeaders=host, Signature=00`;
}

/** The loop's text on its terminal's error output until the test ends, kept out of the test's own. */
export function terminalErrors() {
  const told = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  onTestFinished(() => told.mockRestore());
  return told;
}
