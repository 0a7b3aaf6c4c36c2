import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CHROMIUM, openConsole, startBrowser } from './browser.ts';
import { type Shop, startShop } from './shop.ts';

const EVENTS = 10_000;
/** PutEvents takes ten (API reference, "PutEvents"). */
const OF_A_CALL = 10;
/** Calls under way at once. */
const CALLERS = 4;

/** Notes the time between two frames, for as long as the page is open. */
const WATCH_FRAMES = `(() => {
  window.frameMs = [];
  let last = performance.now();
  const next = (now) => { window.frameMs.push(now - last); last = now; requestAnimationFrame(next); };
  requestAnimationFrame(next);
})()`;

describe.skipIf(CHROMIUM === undefined)('under a stream of events', () => {
  let shop: Shop;
  let browser: Browser;
  beforeAll(async () => {
    [shop, browser] = await Promise.all([startShop(), startBrowser()]);
  });
  afterAll(async () => {
    await browser?.close();
    await shop?.stop();
  });

  test('a filter is typed letter by letter, few rows are drawn, and a list says what gave way', async () => {
    const { page, faults } = await openConsole(browser, { ...shop, at: '#/events' });
    await page.evaluate(WATCH_FRAMES);
    const startedAt = performance.now();
    const stream = putAll(shop);
    const filter = page.getByLabel('Filter');
    await filter.pressSequentially('detail-type:Even', { delay: 100 });
    await stream;
    const seconds = (performance.now() - startedAt) / 1_000;
    expect(await filter.inputValue()).toBe('detail-type:Even');
    await expect.poll(() => page.getByText(/older ones gave way/).count()).toBe(1);
    // Each event is four facts or fewer, of which the newest 10,000 are kept.
    await expect.poll(() => page.getByText(/^[\d,]+ of [\d,]+ events$/).count()).toBe(1);
    expect(await page.locator('a[data-row]').count()).toBeLessThan(80);
    const texts = await page.locator('a[data-row]').allInnerTexts();
    expect(new Set(texts)).toEqual(new Set(['Even']));
    expect(faults).toEqual([]);

    const frames = JSON.parse(String(await page.evaluate('JSON.stringify(window.frameMs)')));
    frames.sort((one: number, other: number) => one - other);
    const at = (share: number) => Math.round(frames[Math.floor(frames.length * share)] ?? 0);
    console.info(
      `${EVENTS} events in ${seconds.toFixed(1)} s: ${frames.length} frames, median ${at(0.5)} ms, ` +
        `95 of 100 within ${at(0.95)} ms, the longest ${Math.round(frames.at(-1) ?? 0)} ms`,
    );
  });
});

async function putAll({ post }: Shop): Promise<void> {
  let next = 0;
  const put = async () => {
    while (next < EVENTS) {
      const first = next;
      next += OF_A_CALL;
      const Entries = Array.from({ length: OF_A_CALL }, (_, at) => ({
        EventBusName: 'shop',
        Source: 'com.shop',
        DetailType: (first + at) % 2 === 0 ? 'Even' : 'Odd',
        Detail: JSON.stringify({ n: first + at }),
      }));
      await post('call', { service: 'events', operation: 'PutEvents', input: { Entries } });
    }
  };
  await Promise.all(Array.from({ length: CALLERS }, put));
}
