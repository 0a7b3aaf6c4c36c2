import { marshall } from '@aws-sdk/util-dynamodb';
import { sampleOf } from 'serverless-loop/tests';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { summaryOf } from '../../../src/orders/order.ts';
import { orderCreated } from '../../../src/orders/order-created.ts';
import { fullOrder } from '../../unit/app/valid-order.ts';
import { type Answer, type Call, conditionFailed, NO_ANSWER } from './aws-stand-in.ts';
import { type Bundle, bundleOf } from './bundle.ts';
import { STORED, takesAll } from './observed-run.ts';
import { ownBundleOf } from './own-bundle.ts';
import { type Aws, type Flow, signalsOf } from './signals.ts';

// The files of src/platform/lean/ stand in for whole packages, to be loaded sooner. Here each function runs with them,
// with the packages themselves, and in two bundles as the loop has it after a save: nothing that leaves it may differ.

const EVENT = {
  source: 'serverless-snacks.orders',
  'detail-type': 'Order Created',
  detail: orderCreated(summaryOf(STORED), 'request-of-the-creator'),
};
const PARALLEL = '../tests/integration/app/parallel-handler.ts';

const HAS_OWN = sampleOf(['lean', 'own'], 1).includes('own');

const takesEverything: Aws = () => takesAll;

function fails(status: number, code: string): Answer {
  return { status, body: { __type: `com.amazonaws.dynamodb.v20120810#${code}`, message: 'so it is' } };
}

/** Fails the first calls so, and takes the rest. */
function failsFirst(count: number, failure: Answer | typeof NO_ANSWER, operation?: string): Aws {
  return () => {
    let failed = 0;
    return (call) => {
      if ((operation && call.operation !== operation) || failed === count) return takesAll(call);
      failed += 1;
      return failure;
    };
  };
}

/** The items that were in the table already, one answer for each event. */
function holds(...answers: Answer[]): Aws {
  return () => {
    const left = [...answers];
    return (call) => (call.operation === 'PutItem' ? (left.shift() ?? takesAll(call)) : takesAll(call));
  };
}

function entryFails(count: number, ErrorCode: string): Aws {
  return failsFirst(count, { body: { FailedEntryCount: 1, Entries: [{ ErrorCode }] } }, 'PutEvents');
}

const order = [fullOrder()];
const creatorFlows: [string, Flow][] = [
  [
    'orders new, repeated, conflicting, unreadable and refused',
    {
      events: [...order, ...order, ...order, ...order, { ...fullOrder(), snacks: [] }],
      aws: holds(
        { body: {} },
        conditionFailed(marshall(STORED)),
        conditionFailed(marshall({ ...STORED, requestHash: 'of another' })),
        conditionFailed(marshall({ ...STORED, status: 'LOST' })),
      ),
    },
  ],
  ['a throttled table', { events: order, aws: failsFirst(2, fails(400, 'ThrottlingException')) }],
  [
    'a table throttled for good',
    { events: order, aws: failsFirst(9, fails(400, 'ProvisionedThroughputExceededException')) },
  ],
  ['a table that answers 429', { events: order, aws: failsFirst(9, fails(429, 'TooManyRequests')) }],
  ['a throttled bus', { events: order, aws: failsFirst(1, fails(400, 'ThrottlingException'), 'PutEvents') }],
  [
    'a table at fault',
    { events: [...order, ...order], aws: failsFirst(3, fails(500, 'InternalServerError')) },
  ],
  ['a call that may not be made', { events: order, aws: failsFirst(1, fails(400, 'AccessDeniedException')) }],
  ['an event put at the third try', { events: order, aws: entryFails(2, 'InternalFailure') }],
  ['an event that is refused', { events: order, aws: entryFails(9, 'MalformedDetail') }],
  [
    'a table that does not answer',
    { events: order, aws: failsFirst(9, NO_ANSWER), variables: { TIME_LIMITS: '1' } },
  ],
  [
    'a bus that does not answer once',
    { events: order, aws: failsFirst(1, NO_ANSWER, 'PutEvents'), variables: { TIME_LIMITS: '4' } },
  ],
  [
    'an endpoint where nobody listens',
    { events: order, aws: takesEverything, variables: { AWS_ENDPOINT_URL: 'http://127.0.0.1:9' } },
  ],
  [
    'a trace that is not sampled',
    {
      events: order,
      aws: takesEverything,
      variables: { TRACE_HEADER: `Root=1-69000000-${'0'.repeat(24)};Parent=1111111111111111;Sampled=0` },
    },
  ],
  [
    'a trace that comes with a lineage',
    {
      events: order,
      aws: takesEverything,
      variables: {
        TRACE_HEADER: `Root=1-69000000-${'0'.repeat(24)};Parent=1111111111111111;Sampled=1;Lineage=1:a:0`,
      },
    },
  ],
  ['a broken trace header', { events: order, aws: takesEverything, variables: { TRACE_HEADER: 'Root=x' } }],
  [
    'no trace header, whatever is said of it',
    {
      events: order,
      aws: takesEverything,
      variables: { TRACE_HEADER: '', AWS_XRAY_CONTEXT_MISSING: undefined },
    },
  ],
  [
    'all that can be told',
    {
      events: order,
      aws: takesEverything,
      variables: {
        AWS_XRAY_DEBUG_MODE: '1',
        POWERTOOLS_LOG_LEVEL: 'DEBUG',
      },
    },
  ],
  [
    'tracing switched off',
    { events: order, aws: takesEverything, variables: { POWERTOOLS_TRACE_ENABLED: 'false' } },
  ],
  [
    'a process that is not in Lambda',
    {
      events: order,
      aws: takesEverything,
      variables: { AWS_EXECUTION_ENV: undefined, LAMBDA_TASK_ROOT: undefined },
    },
  ],
  [
    'credentials with an end and an account',
    {
      events: order,
      aws: takesEverything,
      variables: { AWS_CREDENTIAL_EXPIRATION: '2099-01-01T00:00:00Z', AWS_ACCOUNT_ID: '123456789012' },
    },
  ],
];

const processorFlows: [string, Flow][] = [
  ['an order, fulfilled', { events: [EVENT], aws: takesEverything, variables: { FULFILMENT_MS: '9' } }],
  [
    'an order that is not there, and a foreign event',
    { events: [EVENT, {}], aws: () => () => conditionFailed() },
  ],
  ['a table throttled once', { events: [EVENT], aws: failsFirst(1, fails(400, 'ThrottlingException')) }],
];

const brokenTable: Aws = () => (call: Call) =>
  call.input.TableName === 'broken' ? fails(500, 'InternalServerError') : takesAll(call);
const parallelFlows: [string, Flow][] = [
  ['calls and branches, twice', { events: [1, 2], aws: brokenTable }],
  [
    'calls and branches without a sampled trace',
    { events: [1], aws: brokenTable, variables: { TRACE_HEADER: '' } },
  ],
];

describe.each(
  sampleOf<[string, string, string | undefined, [string, Flow][]]>(
    [
      ['the creator', 'OrderCreatorFunction', undefined, sampleOf(creatorFlows, 1)],
      ['the processor', 'OrderProcessorFunction', undefined, sampleOf(processorFlows, 1)],
      ['calls side by side', 'OrderCreatorFunction', PARALLEL, sampleOf(parallelFlows, 1)],
    ],
    1,
  ),
)(
  '%s, lean, with whole packages or in two bundles sends the same',
  (_name, functionName, entryPoint, flows) => {
    let lean: Bundle;
    let whole: Bundle;
    let own: Awaited<ReturnType<typeof ownBundleOf>> | undefined;
    beforeAll(async () => {
      const changes = entryPoint === undefined ? {} : { entryPoint };
      lean = await bundleOf(functionName, changes);
      whole = await bundleOf(functionName, { ...changes, withoutAlias: true });
      // Another build, and another process for each flow.
      if (HAS_OWN) own = await ownBundleOf(functionName, changes);
    });
    afterAll(() => own?.stop());

    test.each(flows)('%s', async (_flow, flow) => {
      const bundles = [lean, ...(own ? [own] : [])];
      const [theirs, ...ours] = await Promise.all(
        [whole, ...bundles].map((bundle) => signalsOf(bundle, flow)),
      );
      expect(theirs?.outcomes).toHaveLength(flow.events.length);
      expect(ours).toEqual(bundles.map(() => theirs));
    });
  },
);
