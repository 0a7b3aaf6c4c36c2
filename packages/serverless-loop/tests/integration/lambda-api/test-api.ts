import { LambdaClient } from '@aws-sdk/client-lambda';
import { onTestFinished } from 'vitest';
import { inTurnByKey } from '../../../src/aws/in-turn.ts';
import type { RestOperation } from '../../../src/aws/operation.ts';
import { restOperations } from '../../../src/aws/rest-service.ts';
import type { ServiceSegment } from '../../../src/aws/segment.ts';
import { newDeployment } from '../../../src/services/lambda/api/api-configuration.ts';
import { type LambdaContext, lambdaContext } from '../../../src/services/lambda/api/context.ts';
import { LAMBDA } from '../../../src/services/lambda/api/service.ts';
import { LAMBDA_FOR_TOOLS } from '../../../src/services/lambda/api/tool-service.ts';
import type {
  AsyncEvent,
  InvokeRequest,
  InvokeResult,
} from '../../../src/services/lambda/environments/invocation.ts';
import { functionIndex } from '../../../src/services/lambda/function-index.ts';
import { layerStore } from '../../../src/services/lambda/layers.ts';
import type { FunctionModel } from '../../../src/template/model.ts';
import { functionModel } from '../../unit/lambda-async/function-model.ts';
import { success } from '../../unit/lambda-async/test-queue.ts';
import { serveRest } from './rest-server.ts';

export const place = { partition: 'aws', region: 'eu-west-1', accountId: '123456789012' } as const;

const startedAt = Date.UTC(2026, 10, 23, 9, 30);

/** Of a loop that has none. */
export const noFunctions: LambdaContext = {
  find: () => undefined,
  list: () => [],
  urls: () => [],
  place,
  invoke: async () => success,
  accept: () => undefined,
  put: async () => undefined,
  remove: () => undefined,
  layers: layerStore(place),
  apis: { list: () => [], put: () => undefined, remove: () => undefined },
  roleOf: () => undefined,
  eventSources: {
    list: () => [],
    find: () => undefined,
    put: (model) => ({ model, modifiedAt: 0 }),
    remove: () => undefined,
  },
  objectAt: async () => undefined,
  cacheDir: '',
  deployment: newDeployment(startedAt),
  inTurn: inTurnByKey(),
  now: () => startedAt,
};

export function lambdaOperations(context: LambdaContext): RestOperation[] {
  return [LAMBDA, LAMBDA_FOR_TOOLS].flatMap((service) => restOperations(service, context));
}

/** Lambda's API behind HTTP on its own port, with functions that end as told, and the SDK's client for it. */
export async function testApi(
  functions: FunctionModel[] = [functionModel()],
  end: () => Promise<InvokeResult> = async () => success,
) {
  const invoked: InvokeRequest[] = [];
  const accepted: AsyncEvent[] = [];
  const segments: ServiceSegment[] = [];
  const server = await serveRest(
    lambdaOperations(
      lambdaContext({
        ...noFunctions,
        find: functionIndex(functions),
        list: () => functions,
        invoke: (request) => {
          invoked.push(request);
          return end();
        },
        recordSegment: (segment) => segments.push(segment),
        accept: (event) => accepted.push(event),
      }),
    ),
  );
  const client = new LambdaClient({
    endpoint: server.endpoint,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
    maxAttempts: 1,
  });
  onTestFinished(async () => {
    client.destroy();
    await server.close();
  });
  return { client, invoked, accepted, segments, endpoint: server.endpoint };
}
