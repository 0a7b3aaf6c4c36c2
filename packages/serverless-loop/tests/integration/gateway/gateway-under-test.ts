import { onTestFinished, vi } from 'vitest';
import type { JsonOperation, JsonService, RestOperation } from '../../../src/aws/operation.ts';
import type { Fact } from '../../../src/facts.ts';
import {
  type Gateway,
  type GatewayOptions,
  type Routes,
  startGateway,
} from '../../../src/gateway/gateway.ts';
import { DYNAMODB } from '../../../src/services/dynamodb/api/service.ts';

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

export function dynamoDbOf(operations: Record<string, JsonOperation['handle']>): JsonService {
  const { json, signingName, title } = DYNAMODB;
  return { ...json, title, signingName, operations: withoutNeeds(operations) };
}

export function eventBridgeOf(operations: Record<string, JsonOperation['handle']>): JsonService {
  return {
    title: 'EventBridge',
    targetPrefix: 'AWSEvents',
    signingName: 'events',
    jsonVersion: '1.1',
    operations: withoutNeeds(operations),
  };
}

export function sqsOf(operations: Record<string, JsonOperation['handle']>): JsonService {
  return {
    title: 'SQS',
    targetPrefix: 'AmazonSQS',
    signingName: 'sqs',
    jsonVersion: '1.0',
    errorNamespace: 'com.amazonaws.sqs',
    operations: withoutNeeds(operations),
  };
}

export function invokeOf(handle: RestOperation['handle']): RestOperation {
  return {
    name: 'Invoke',
    title: 'Lambda',
    signingName: 'lambda',
    method: 'POST',
    path: /^\/2015-03-31\/functions\/(?<functionName>[^/]+)\/invocations$/,
    needs: ({ params }) => [{ action: 'lambda:InvokeFunction', resource: `function:${params.functionName}` }],
    handle,
  };
}

function withoutNeeds(handles: Record<string, JsonOperation['handle']>): Record<string, JsonOperation> {
  return Object.fromEntries(
    Object.entries(handles).map(([name, handle]) => [name, { handle, needs: () => [] }]),
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
