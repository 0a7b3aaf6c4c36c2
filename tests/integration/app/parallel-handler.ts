import { Tracer } from '@aws-lambda-powertools/tracer';
import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { documentClient, eventBridgeClient } from '../../../src/platform/aws-clients.ts';
import { instrument } from '../../../src/platform/instrument.ts';
import { startTelemetry } from '../../../src/platform/telemetry.ts';

const telemetry = startTelemetry('parallel', 'a-stack', process.env);
const table = documentClient(telemetry.tracing);
const bus = eventBridgeClient(telemetry.tracing);
const { provider } = new Tracer({ captureHTTPsRequests: false });

const put = (name: string) => table.send(new PutCommand({ TableName: name, Item: { orderId: name } }));
const publish = () => bus.send(new PutEventsCommand({ Entries: [{ EventBusName: 'bus', Detail: '{}' }] }));

/** A branch in a context of its own, which calls of its own are to be found under. */
async function branch(name: string, work: () => Promise<unknown>): Promise<unknown> {
  return provider.captureAsyncFunc(name, async (subsegment) => {
    try {
      await new Promise((resolve) => setImmediate(resolve));
      return await work();
    } catch (error) {
      subsegment?.addError(error instanceof Error ? error : String(error));
      return 'failed';
    } finally {
      subsegment?.close();
    }
  });
}

/** Calls side by side, in one subsegment and in branches, one of them failing. */
export const handler = instrument(telemetry, async () => {
  telemetry.tracing.annotate('orderId', 'an order');
  await Promise.all([put('left'), put('right'), publish()]);
  return telemetry.tracing.inSubsegment('step', async () => {
    const outcomes = await Promise.all([
      branch('branch 1', () => branch('twig', () => put('twig'))),
      branch('branch 2', () => Promise.reject(new RangeError('too far'))),
      branch('branch 3', () => put('broken')),
      put('beside'),
    ]);
    return outcomes.map((outcome) => (outcome === 'failed' ? outcome : 'done'));
  });
});
