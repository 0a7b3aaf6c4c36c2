import { readFileSync } from 'node:fs';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { has, type SegmentDocument, treeOf, xrayClient } from 'serverless-loop/tests/services';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clientOptions, type LoopUnderTest, runLoop } from '../../loop.ts';
import { startLimitingProxy } from '../scale/limiting-proxy.ts';

const CREATOR = 'OrderCreatorFunction';
const PROCESSOR = 'OrderProcessorFunction';

let running: Awaited<ReturnType<typeof runLoop>>;
let proxy: Awaited<ReturnType<typeof startLimitingProxy>>;

beforeAll(async () => {
  proxy = await startLimitingProxy({});
  running = await runLoop('template.yaml', { functionEndpoint: proxy.endpoint, maxEnvironments: 3 });
  proxy.forwardTo(running.loop.endpoint);
});
afterAll(async () => {
  await running?.stop();
  await proxy?.stop();
});

/** Places an order and gives the id of its trace. */
async function order({ loop }: LoopUnderTest = running): Promise<string> {
  const lambda = new LambdaClient(clientOptions(loop));
  const root = `1-${Math.floor(Date.now() / 1000).toString(16)}-${crypto.randomUUID().replaceAll('-', '').slice(0, 24)}`;
  lambda.middlewareStack.add(
    (next) => (args) => {
      const { request } = args;
      if (typeof request === 'object' && request !== null && 'headers' in request) {
        Object.assign(request.headers ?? {}, { 'x-amzn-trace-id': `Root=${root};Sampled=1` });
      }
      return next(args);
    },
    { step: 'build' },
  );
  await lambda.send(
    new InvokeCommand({
      FunctionName: loop.physicalId(CREATOR),
      Payload: JSON.stringify(JSON.parse(readFileSync('events/order.json', 'utf8'))),
    }),
  );
  lambda.destroy();
  return root;
}

/** Physical names by their logical ids. */
function short(name: string): string {
  const functions = running.loop.resources.filter(({ type }) => type === 'AWS::Lambda::Function');
  return functions.reduce((text, { physicalId, logicalId }) => text.replace(physicalId, logicalId), name);
}

/** Without what another consumer of the event adds to the trace. */
function ofOrder(segments: SegmentDocument[]): SegmentDocument[] {
  return segments.filter(
    ({ name, origin = '' }) =>
      !origin.startsWith('AWS::Lambda') || [CREATOR, PROCESSOR].includes(short(name)),
  );
}

/** Without what only the first invocation of an environment has. */
function warmTree(segments: SegmentDocument[]): string {
  return treeOf(ofOrder(segments), short)
    .split('\n')
    .filter((line) => !line.includes('Initialization'))
    .join('\n');
}

const ONE_ORDER = `OrderCreatorFunction AWS::Lambda 200
  OrderCreatorFunction AWS::Lambda::Function
    Invocation
      ## OrderCreatorFunction
        DynamoDB PutItem 200
          DynamoDB AWS::DynamoDB::Table 200
        EventBridge PutEvents 200
          Events AWS::Events 200
            OrderProcessorFunction AWS::Lambda 202
              Dwell Time
              Attempt #1 200
                OrderProcessorFunction AWS::Lambda::Function
                  Invocation
                    ## OrderProcessorFunction
                      pick
                      pack
                      dispatch
                      DynamoDB UpdateItem 200
                        DynamoDB AWS::DynamoDB::Table 200
                  Overhead
    Overhead`;

const isWhole = (segments: SegmentDocument[]) => warmTree(segments) === ONE_ORDER;

describe('the trace of an order', () => {
  test('is one from the creator over the bus to the processor, and a first one has the initialisations', async () => {
    const xray = xrayClient(running.loop);
    const segments = await xray.until(await order(), isWhole);
    const initialised = ofOrder(segments).filter(({ subsegments }) =>
      subsegments?.some(({ name }) => name === 'Initialization'),
    );
    expect(initialised.map(({ name, origin }) => [short(name), origin])).toEqual([
      [CREATOR, 'AWS::Lambda::Function'],
      [PROCESSOR, 'AWS::Lambda::Function'],
    ]);
  });

  test('is its own for each of many orders at once', async () => {
    const xray = xrayClient(running.loop);
    const traceIds = await Promise.all(Array.from({ length: 8 }, () => order()));
    for (const traceId of traceIds) await xray.until(traceId, isWhole);
    expect(new Set(traceIds).size).toBe(8);
  });

  test('shows each try of a processor that fails', async () => {
    const refusal = {
      status: 400,
      body: { __type: 'com.amazon.coral.validate#ValidationException', message: 'refused by the test' },
    };
    const failing = await startLimitingProxy({ UpdateItem: { times: 1_000_000, refusal } });
    const other = await runLoop('template.yaml', { functionEndpoint: failing.endpoint });
    failing.forwardTo(other.loop.endpoint);
    try {
      const xray = xrayClient(other.loop);
      const traceId = await order(other);
      const isOver = has('AWS::Lambda::Function', 4);
      const found = await xray.until(traceId, (segments) => isOver(ofOrder(segments)));
      const segments = ofOrder(found);
      const processor = segments.find(({ http }) => http?.response?.status === 202);
      expect(
        processor?.subsegments?.map(({ name, fault, http }) => [name, fault, http?.response?.status]),
      ).toEqual([
        ['Dwell Time', undefined, undefined],
        ['Attempt #1', true, 200],
        ['Attempt #2', true, 200],
        ['Attempt #3', true, 200],
      ]);
      const runs = segments.filter(({ origin, fault }) => origin === 'AWS::Lambda::Function' && fault);
      expect(runs.map(({ parent_id }) => parent_id)).toEqual(
        processor?.subsegments?.slice(1).map(({ id }) => id),
      );
      expect(runs[0]?.cause?.exceptions[0]).toMatchObject({
        type: 'ValidationException',
        message: 'refused by the test',
      });
      expect(processor?.fault).toBe(true);

      const fault = `service(id(name: "${processor?.name}", type: "AWS::Lambda::Function")) { fault }`;
      expect((await xray.summaries(fault)).map(({ Id }) => Id)).toEqual([traceId]);
      expect(await xray.summaries('fault')).toEqual([]);
    } finally {
      await other.stop();
      await failing.stop();
    }
  });
});
