import { type Figure, type Result, scaled } from '../figure.ts';
import { median } from '../statistics.ts';
import { startDynalite } from '../subjects/dynalite-process.ts';
import { type MeasuredLoop, startMeasuredLoop } from '../subjects/measured-loop.ts';

const AT_ONCE = 16;
const EARLY = 1_000;
const LATE = 100_000;
/** Orders around the named one are placed and timed in batches of this many. */
const BATCH = 200;
const BATCHES_AROUND = 5;
const PUTS = 2_000;
const BULK = 1_000;

export const growth: Figure = {
  name: 'growth',
  title: `what an order costs when many are stored, ${AT_ONCE} at once`,
  target: `around the ${LATE}th at most 1.1 of around the ${EARLY}th`,
  async run(options) {
    const late = scaled(options, LATE, 3 * EARLY);
    const measured = await startMeasuredLoop(options);
    const dynalite = await startDynalite(measured.table, options);
    const half = (BATCH * BATCHES_AROUND) / 2;

    await measured.place(EARLY - half, AT_ONCE);
    await putCostMs(measured, dynalite);
    const early = await costsOfBatches(measured, dynalite);
    await options.profiled(async () => {
      for (let placed = EARLY + half; placed < late - half; placed += BULK) {
        const count = Math.min(BULK, late - half - placed);
        const { elapsedMs } = await measured.place(count, AT_ONCE);
        if ((placed - half) % (late / 10) === 0) {
          options.say(`${placed} of ${late} orders, ${(elapsedMs / count).toFixed(2)} ms each`);
        }
      }
    });
    const lateCosts = await costsOfBatches(measured, dynalite);

    const limits: Result['limits'] = [{ of: 'ratio', atMost: 1.1 }];
    const what = `around the ${late}th`;
    const reference = `around the ${EARLY}th`;
    return [
      {
        what,
        unit: 'ms/order',
        measured: { median: median(lateCosts.orderMs) },
        reference: { what: reference, median: median(early.orderMs) },
        limits,
        notes: [
          `batches of ${BATCH}: ${texts(early.orderMs)} ${reference}; ${texts(lateCosts.orderMs)} ${what}`,
        ],
      },
      {
        what: `${what}, in puts of a small dynalite at that time`,
        unit: 'puts/order',
        measured: { median: median(lateCosts.orderPuts) },
        reference: { what: reference, median: median(early.orderPuts) },
        limits,
      },
    ];
  },
};

/** The cost of an order, of each batch: in milliseconds, and in puts right after it, which the machine's other work slows as much. */
async function costsOfBatches(measured: MeasuredLoop, dynalite: string) {
  const orderMs: number[] = [];
  const orderPuts: number[] = [];
  for (let batch = 0; batch < BATCHES_AROUND; batch++) {
    const costMs = (await measured.place(BATCH, AT_ONCE)).elapsedMs / BATCH;
    orderMs.push(costMs);
    orderPuts.push(costMs / (await putCostMs(measured, dynalite)));
  }
  return { orderMs, orderPuts };
}

async function putCostMs({ client, table }: MeasuredLoop, endpoint: string): Promise<number> {
  const job = {
    kind: 'sdk table',
    operation: 'PutItem',
    ...table,
    endpoint,
    count: PUTS,
    atOnce: AT_ONCE,
  } as const;
  return (await client.run(job)).elapsedMs / PUTS;
}

const texts = (valuesMs: number[]) => valuesMs.map((value) => value.toFixed(2)).join(', ');
