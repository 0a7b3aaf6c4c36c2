import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AwsError } from '../../../src/aws/errors.ts';
import type { InvokeRequest, InvokeResult } from '../../../src/services/lambda/environments/invocation.ts';
import { startEventSources } from '../../../src/services/lambda/event-sources/event-sources.ts';
import type { EventSourceModel, StreamReadingModel } from '../../../src/template/model.ts';
import { manualClock } from '../../manual-clock.ts';
import { runsOf } from '../../matrix.ts';
import { functionModel } from './function-model.ts';
import { type TestStream, testStream } from './test-stream.ts';

const OUTCOMES = ['ok', 'ok', 'error', 'throttled', 'gone', 'some', 'invalid'] as const;
const KEYS = ['a', 'b', 'c', 'd', 'e'];

type Step =
  | { kind: 'write'; keys: string[] }
  | { kind: 'wait'; seconds: number }
  | { kind: 'split' }
  | { kind: 'restart' };

interface Case {
  steps: Step[];
  outcomes: (typeof OUTCOMES)[number][];
  batchSize: number;
  windowSeconds: number;
  stream: Pick<StreamReadingModel, 'parallelizationFactor' | 'bisects' | 'tumblingWindowSeconds'>;
}

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('write' as const),
      keys: fc.array(fc.constantFrom(...KEYS), { maxLength: 8 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('wait' as const), seconds: fc.integer({ min: 0, max: 20 }) }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'split' as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'restart' as const }) },
);

const anyCase: fc.Arbitrary<Case> = fc.record({
  steps: fc.array(step, { minLength: 1, maxLength: 12 }),
  outcomes: fc.array(fc.constantFrom(...OUTCOMES), { maxLength: 20 }),
  batchSize: fc.integer({ min: 1, max: 6 }),
  windowSeconds: fc.constantFrom(0, 5),
  stream: fc.record({
    parallelizationFactor: fc.integer({ min: 1, max: 3 }),
    bisects: fc.boolean(),
    tumblingWindowSeconds: fc.constantFrom(0, 0, 30),
  }),
});

interface SeenRecord {
  sequenceNumber: string;
  partitionKey: string;
}

/** Runs a case to its end; answers what was written, and what was processed in which order. */
async function run({ steps, outcomes: told, batchSize, windowSeconds, stream }: Case) {
  const clock = manualClock();
  const source = testStream(['shard-0'], clock.now);
  const fn = functionModel();
  const outcomes = [...told];
  const written: SeenRecord[] = [];
  const processed: SeenRecord[] = [];
  const sizes: number[] = [];
  const atWork = new Set<string>();
  let meetings = 0;
  let shardId = 'shard-0';

  async function invoke({ payload }: InvokeRequest): Promise<InvokeResult> {
    const { Records: records }: { Records: { kinesis: SeenRecord }[] } = JSON.parse(payload.toString());
    sizes.push(records.length);
    const keys = new Set(records.map(({ kinesis }) => kinesis.partitionKey));
    for (const key of keys) if (atWork.has(key)) meetings += 1;
    for (const key of keys) atWork.add(key);
    await new Promise(setImmediate);
    for (const key of keys) atWork.delete(key);
    const outcome = outcomes.shift() ?? 'ok';
    if (outcome === 'throttled') throw new AwsError('TooManyRequestsException', 'Rate Exceeded.');
    if (outcome === 'gone') throw new Error('the process is gone');
    const good = { ok: records.length, some: Math.floor(records.length / 2), invalid: 0, error: 0 }[outcome];
    processed.push(...records.slice(0, good).map(({ kinesis }) => kinesis));
    const failed = outcome === 'invalid' ? '' : records[good]?.kinesis.sequenceNumber;
    return {
      payload: Buffer.from(
        JSON.stringify({
          state: {},
          batchItemFailures: failed === undefined ? [] : [{ itemIdentifier: failed }],
        }),
      ),
      executedVersion: '$LATEST',
      logTail: '',
      ...(outcome === 'error' && { functionError: 'Unhandled' as const }),
    };
  }

  const mapping: EventSourceModel = {
    logicalId: 'Parcels',
    name: 'uuid',
    line: 1,
    sourceArn: source.arn,
    functionArn: fn.arn,
    enabled: true,
    batchSize,
    windowSeconds,
    filters: [],
    reportsItemFailures: true,
    stream: {
      startingPosition: 'TRIM_HORIZON',
      maximumRetryAttempts: -1,
      maximumRecordAgeSeconds: -1,
      ...stream,
    },
  };
  const sources = startEventSources(sourcesOptions(source, { clock, invoke, fn, mappings: [mapping] }));

  for (const each of steps) {
    if (each.kind === 'write')
      for (const key of each.keys)
        written.push({ sequenceNumber: source.write(shardId, key), partitionKey: key });
    if (each.kind === 'wait') await clock.advance(each.seconds * 1000);
    if (each.kind === 'split') {
      const next = `shard-${Number(shardId.slice('shard-'.length)) + 1}`;
      source.split(shardId, [next]);
      shardId = next;
    }
    if (each.kind === 'restart') {
      sources.mappings.put({ ...mapping, enabled: false });
      sources.mappings.put(mapping);
    }
  }
  outcomes.length = 0;
  for (let turns = 0; turns < 100; turns += 1) await clock.advance(10_000);
  sources.stop();
  return { written, processed, sizes, meetings };
}

function sourcesOptions(
  source: TestStream,
  options: Pick<Parameters<typeof startEventSources>[0], 'clock' | 'invoke' | 'mappings'> & {
    fn: ReturnType<typeof functionModel>;
  },
): Parameters<typeof startEventSources>[0] {
  const { fn, ...others } = options;
  return {
    ...others,
    region: 'eu-west-1',
    wallClock: options.clock,
    report: () => undefined,
    find: () => fn,
    may: () => true,
    compilePattern: () => () => true,
    queues: {
      visibilityTimeoutSeconds: () => undefined,
      take: () => [],
      delete: () => undefined,
      onMessages: () => ({ stop: () => undefined }),
    },
    streams: { kinesis: source.port },
    receiverOf: () => undefined,
  };
}

test('whatever fails, each record of a stream is processed, in the order of its key, and no batch is larger than it may be', async () => {
  await fc.assert(
    fc.asyncProperty(anyCase, async (given) => {
      const { written, processed, sizes, meetings } = await run(given);
      expect(meetings, 'two batches with the same key at once').toBe(0);
      for (const key of KEYS) {
        const numbers = (records: SeenRecord[]) =>
          records.filter(({ partitionKey }) => partitionKey === key).map((it) => it.sequenceNumber);
        const first = [...new Set(numbers(processed))];
        expect(first, `the records of ${key}, as they were first processed`).toEqual(numbers(written));
      }
      expect(Math.max(0, ...sizes)).toBeLessThanOrEqual(given.batchSize);
    }),
    { numRuns: runsOf(2000) },
  );
});

test('a hundred sources that have nothing to read set no timer and read each shard once', async () => {
  const clock = manualClock();
  const source = testStream(['shard-0'], clock.now);
  const fn = functionModel();
  const mappings = Array.from(
    { length: 100 },
    (_, index): EventSourceModel => ({
      logicalId: `Source${index}`,
      name: `uuid-${index}`,
      line: 1,
      sourceArn: source.arn,
      functionArn: fn.arn,
      enabled: true,
      batchSize: 10,
      windowSeconds: 0,
      filters: [],
      reportsItemFailures: false,
      stream: {
        startingPosition: 'LATEST',
        parallelizationFactor: 1,
        maximumRetryAttempts: -1,
        maximumRecordAgeSeconds: -1,
        bisects: false,
        tumblingWindowSeconds: 0,
      },
    }),
  );
  let calls = 0;
  const invoke = async (): Promise<InvokeResult> => {
    calls += 1;
    return { payload: Buffer.from('null'), executedVersion: '$LATEST', logTail: '' };
  };
  const sources = startEventSources(sourcesOptions(source, { clock, invoke, fn, mappings }));
  await sources.idle();
  expect(source.reads()).toBe(100);
  await clock.advance(3_600_000);
  expect(clock.waiting()).toBe(0);
  expect(source.reads()).toBe(100);
  expect(calls).toBe(0);
  source.write('shard-0', 'a');
  await clock.advance(0);
  expect(calls).toBe(100);
  sources.stop();
});
