import { type Figure, scaled } from '../figure.ts';
import { median } from '../statistics.ts';
import { type MeasuredLoop, startMeasuredLoop } from '../subjects/measured-loop.ts';

const AT_ONCE = 16;
const EARLY = 1_000;
const LATE = 100_000;
/** Orders around the named one are placed and timed in batches of this many. */
const BATCH = 200;
const BATCHES_AROUND = 5;
const BULK = 1_000;

export const growth: Figure = {
  name: 'growth',
  title: `what an order costs when many are stored, ${AT_ONCE} at once`,
  target: `around the ${LATE}th at most 1.1 of around the ${EARLY}th`,
  async run(options) {
    const late = scaled(options, LATE, 3 * EARLY);
    const measured = await startMeasuredLoop(options);
    const half = (BATCH * BATCHES_AROUND) / 2;

    await measured.place(EARLY - half, AT_ONCE);
    const earlyMs = await costsOfBatches(measured);
    await options.profiled(async () => {
      for (let placed = EARLY + half; placed < late - half; placed += BULK) {
        const count = Math.min(BULK, late - half - placed);
        const { elapsedMs } = await measured.place(count, AT_ONCE);
        if ((placed - half) % (late / 10) === 0) {
          options.say(`${placed} of ${late} orders, ${(elapsedMs / count).toFixed(2)} ms each`);
        }
      }
    });
    const lateMs = await costsOfBatches(measured);

    return [
      {
        what: `around the ${late}th`,
        unit: 'ms/order',
        measured: { median: median(lateMs) },
        reference: { what: `around the ${EARLY}th`, median: median(earlyMs) },
        limits: [{ of: 'ratio', atMost: 1.1 }],
        notes: [
          `batches of ${BATCH}: ${texts(earlyMs)} around the ${EARLY}th; ${texts(lateMs)} around the ${late}th`,
        ],
      },
    ];
  },
};

/** Milliseconds an order, of each batch. */
async function costsOfBatches({ place }: MeasuredLoop): Promise<number[]> {
  const costsMs: number[] = [];
  for (let batch = 0; batch < BATCHES_AROUND; batch++) {
    costsMs.push((await place(BATCH, AT_ONCE)).elapsedMs / BATCH);
  }
  return costsMs;
}

const texts = (valuesMs: number[]) => valuesMs.map((value) => value.toFixed(2)).join(', ');
