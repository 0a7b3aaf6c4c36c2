import { type Figure, scaled } from '../figure.ts';
import { spread } from '../statistics.ts';
import { startMeasuredLoop } from '../subjects/measured-loop.ts';

const BLOCK = 50;

export const latency: Figure = {
  name: 'latency',
  title: 'one order after the other, warm: acknowledged to PROCESSED, and the Invoke that the client sees',
  target: 'acknowledged to PROCESSED: p50 within 2 ms, p99 within 10 ms',
  async run(options) {
    const measured = await startMeasuredLoop(options);
    const { client, table, place } = measured;
    const tableCalls = async (operation: 'PutItem' | 'GetItem', count: number) =>
      (await client.run({ kind: 'table', operation, ...table, count, atOnce: 1 })).latenciesMs;

    const warmUp = scaled(options, 200, BLOCK);
    await place(warmUp, 1);
    await tableCalls('PutItem', warmUp);
    await tableCalls('GetItem', warmUp);

    const orders = scaled(options, 1000, BLOCK);
    const toProcessedMs: number[] = [];
    const invokeMs: number[] = [];
    const putMs: number[] = [];
    const getMs: number[] = [];
    await options.profiled(async () => {
      for (let placed = 0; placed < orders; placed += BLOCK) {
        const block = await place(BLOCK, 1);
        toProcessedMs.push(...block.toProcessedMs);
        invokeMs.push(...block.invokeMs);
        putMs.push(...(await tableCalls('PutItem', BLOCK)));
        getMs.push(...(await tableCalls('GetItem', BLOCK)));
      }
    });

    const reference = { what: 'PutItem by the same client', ...spread(putMs) };
    const get = spread(getMs);
    return [
      {
        what: 'acknowledged to PROCESSED',
        unit: 'ms',
        measured: spread(toProcessedMs),
        reference,
        limits: [
          { of: 'median', atMost: 2 },
          { of: 'p99', atMost: 10 },
        ],
        notes: [`longest of ${orders}: ${Math.max(...toProcessedMs).toFixed(1)} ms`],
      },
      {
        what: 'Invoke as the client sees it',
        unit: 'ms',
        measured: spread(invokeMs),
        reference,
        limits: [],
        notes: [`GetItem by the same client: ${get.median.toFixed(2)} ms, p99 ${get.p99.toFixed(2)} ms`],
      },
    ];
  },
};
