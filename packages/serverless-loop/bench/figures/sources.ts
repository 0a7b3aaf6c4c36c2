import type { Source } from '../client/job.ts';
import { type Figure, type Result, scaled } from '../figure.ts';
import { median, spread } from '../statistics.ts';
import { type SourcesApplication, startSourcesApplication } from '../subjects/sources-application.ts';

const SOURCES: [Source, what: string][] = [
  ['queue', 'an SQS message'],
  ['topic', 'an SNS message'],
  ['rule', "an event that EventBridge's rule matches"],
  ['table', 'an item, by its stream'],
  ['stream', 'a record of Kinesis'],
  ['bucket', 'an object, by its notification'],
  ['api', 'a request of an HTTP API'],
];
const ROUNDS = 3;
const AT_ONCE = 16;

export const sources: Figure = {
  name: 'sources',
  title:
    'each source of a function: from the call that sends until the handler is called; messages of a queue a second',
  target: 'measured beside the same SDK’s Invoke, which goes the shortest way',
  async run(options) {
    const application = await startSourcesApplication(options);
    const count = scaled(options, 300, 20);
    const took = new Map<Source, number[]>();
    const one = async (source: Source, times: number) => {
      for (let at = 0; at < times; at += 1)
        took.set(source, [...(took.get(source) ?? []), ...(await application.send(source, 1, 1))]);
    };
    for (const source of ['invoke', ...SOURCES.map(([source]) => source)] as const) await one(source, 10);
    took.clear();
    await options.profiled(async () => {
      for (let round = 1; round <= ROUNDS; round += 1) {
        for (const [source] of SOURCES) {
          await one(source, Math.ceil(count / ROUNDS));
          await one('invoke', Math.ceil(count / ROUNDS / SOURCES.length) + 1);
        }
        options.say(`round ${round} of ${ROUNDS}`);
      }
    });
    const reference = { what: 'Invoke, to its handler', ...spread(took.get('invoke') ?? []) };
    const latencies = SOURCES.map(
      ([source, what]): Result => ({
        what,
        unit: 'ms',
        measured: spread(took.get(source) ?? []),
        reference,
        limits: [],
      }),
    );
    return [...latencies, await queueRate(application, scaled(options, 5_000, 500))];
  },
};

/** Sent in tens and received in tens, until the last is with its handler. */
async function queueRate(
  { send, client, endpoint, targetOf }: SourcesApplication,
  count: number,
): Promise<Result> {
  const rates: number[] = [];
  const invokeRates: number[] = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    const startedAt = performance.now();
    const { length } = await send('queue batch', count, AT_ONCE);
    rates.push((1000 * length) / (performance.now() - startedAt));
    const job = { kind: 'send', source: 'invoke', endpoint, target: targetOf('invoke') } as const;
    const invokes = Math.ceil(count / 10);
    const { elapsedMs } = await client.run({ ...job, count: invokes, atOnce: AT_ONCE });
    invokeRates.push((1000 * invokes) / elapsedMs);
  }
  return {
    what: `messages of a queue, ${AT_ONCE} calls at once`,
    unit: 'messages/s',
    measured: { median: median(rates.slice(1)) },
    reference: { what: `Invokes a second, ${AT_ONCE} at once`, median: median(invokeRates.slice(1)) },
    limits: [],
  };
}
