import { type Figure, scaled } from '../figure.ts';
import { median } from '../statistics.ts';
import { startDynalite } from '../subjects/dynalite-process.ts';
import { startMeasuredLoop } from '../subjects/measured-loop.ts';

const AT_ONCE = 16;
const ROUNDS = 5;
/** PutItem when it is created, UpdateItem when it is processed. */
const WRITES_AN_ORDER = 2;

export const throughput: Figure = {
  name: 'throughput',
  title: `orders a second with ${AT_ONCE} at once, until the last is PROCESSED`,
  target: `at least 0.5 of the orders whose ${WRITES_AN_ORDER} writes dynalite alone could take`,
  async run(options) {
    const { client, table, place } = await startMeasuredLoop(options);
    const dynalite = await startDynalite(table, options);
    const orders = scaled(options, 2000, 200);
    const puts = WRITES_AN_ORDER * orders;
    const ordersPerSecond = async (count: number) => (1000 * count) / (await place(count, AT_ONCE)).elapsedMs;
    const putsPerSecond = async (count: number) => {
      const job = {
        kind: 'sdk table',
        operation: 'PutItem',
        ...table,
        endpoint: dynalite,
        count,
        atOnce: AT_ONCE,
      } as const;
      return (1000 * count) / (await client.run(job)).elapsedMs;
    };

    await ordersPerSecond(orders);
    await putsPerSecond(puts);
    const orderRates: number[] = [];
    const putRates: number[] = [];
    await options.profiled(async () => {
      for (let round = 1; round <= ROUNDS; round++) {
        orderRates.push(await ordersPerSecond(orders));
        putRates.push(await putsPerSecond(puts));
        options.say(
          `round ${round} of ${ROUNDS}: ${orderRates.at(-1)?.toFixed(0)} orders/s, dynalite ${putRates.at(-1)?.toFixed(0)} puts/s`,
        );
      }
    });
    return [
      {
        what: `${AT_ONCE} at once`,
        unit: 'orders/s',
        measured: { median: median(orderRates) },
        reference: {
          what: `half of dynalite's puts by one SDK client, ${AT_ONCE} at once`,
          median: median(putRates) / WRITES_AN_ORDER,
        },
        limits: [{ of: 'ratio', atLeast: 0.5 }],
        notes: [`rounds: ${orderRates.map(Math.round).join(', ')} orders/s`],
      },
    ];
  },
};
