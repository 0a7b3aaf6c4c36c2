import { CHROMIUM } from '../../tests/browser/chromium.ts';
import { type Figure, type Result, scaled } from '../figure.ts';
import { median } from '../statistics.ts';
import { startMeasuredLoop } from '../subjects/measured-loop.ts';
import { type OpenConsole, openPage, readStream } from '../subjects/open-console.ts';

const AT_ONCE = 16;
const ROUNDS = 5;
/** A page that is open takes no more than a tenth. */
const AT_LEAST = 0.9;

/** Chromium draws on the same cores, so that its share is the machine's, not the loop's alone. */
export const console: Figure = {
  name: 'console',
  title: `orders a second with ${AT_ONCE} at once, with the console open and closed in turn`,
  target: `at least ${AT_LEAST} of the orders that the loop takes with it closed`,
  async run(options) {
    const { loop, place } = await startMeasuredLoop(options);
    const orders = scaled(options, 2000, 200);
    const rate = async () => (1000 * orders) / (await place(orders, AT_ONCE)).elapsedMs;
    const ways: { what: string; open(): Promise<OpenConsole>; rates: number[] }[] = [
      { what: 'its stream is read', open: () => readStream(loop.endpoint, options), rates: [] },
    ];
    if (CHROMIUM !== undefined)
      ways.push({ what: 'its page in Chromium', open: () => openPage(loop.consoleUrl, options), rates: [] });
    const closed: number[] = [];

    await rate();
    for (let round = 1; round <= ROUNDS; round++) {
      closed.push(await rate());
      for (const { open, rates } of ways) {
        const opened = await open();
        // A page that was just opened is still being compiled.
        await place(Math.ceil(orders / 4), AT_ONCE);
        rates.push(await rate());
        await opened.close();
      }
      options.say(
        `round ${round} of ${ROUNDS}: closed ${last(closed)} orders/s, ${ways.map(({ what, rates }) => `${what} ${last(rates)}`).join(', ')}`,
      );
    }
    const reference = { what: 'the console closed', median: median(closed) };
    return ways.map(
      ({ what, rates }): Result => ({
        what,
        unit: 'orders/s',
        measured: { median: median(rates) },
        reference,
        limits: [{ of: 'ratio', atLeast: AT_LEAST }],
        notes: [`rounds: ${rates.map(Math.round).join(', ')} orders/s`],
      }),
    );
  },
};

function last(rates: number[]): number {
  return Math.round(rates.at(-1) ?? 0);
}
