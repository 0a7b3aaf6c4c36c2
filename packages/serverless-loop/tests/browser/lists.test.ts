import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pageFolder } from '../../bin/page-build.mjs';
import { CHROMIUM, openConsole, startBrowser } from './browser.ts';
import { type Shop, startShop } from './shop.ts';

const MOST_BYTES = 150 * 1_024;

test('all files of the page are no more than 150 KB, compressed', () => {
  const folder = pageFolder(path.resolve(import.meta.dirname, '../..'));
  const files = readdirSync(folder).filter((file) => file !== 'manifest.json');
  const bytes = files.map((file) => gzipSync(readFileSync(path.join(folder, file))).length);
  expect(files.length).toBeGreaterThan(3);
  expect(bytes.reduce((all, one) => all + one, 0)).toBeLessThan(MOST_BYTES);
});

describe.skipIf(CHROMIUM === undefined)('a list that somebody reads', () => {
  let shop: Shop;
  let browser: Browser;
  beforeAll(async () => {
    [shop, browser] = await Promise.all([startShop(), startBrowser()]);
    for (let n = 0; n < 60; n += 1) await shop.put({ n });
    for (let n = 0; n < 60; n += 1)
      await shop.post('invoke', { name: 'Seller', event: { say: `line ${n}` } });
  });
  afterAll(async () => {
    await browser?.close();
    await shop?.stop();
  });
  /** A view with its list, to be scrolled. */
  async function opened(at: string) {
    const { page } = await openConsole(browser, { ...shop, at });
    await expect.poll(() => page.locator('a[data-row]').count()).toBeGreaterThan(10);
    const list = '.list-scroll';
    const place = async () => Number(await page.evaluate(`document.querySelector('${list}').scrollTop`));
    const scroll = (to: number) => page.evaluate(`document.querySelector('${list}').scrollTop = ${to}`);
    return { page, place, scroll };
  }

  test('of logs follows its end until they scroll, then stays where they read', async () => {
    const { page, place, scroll } = await opened('#/logs');
    await expect.poll(() => page.getByText('Following.').count()).toBe(1);
    await expect.poll(() => page.getByText('line 59').count()).toBe(1);
    await scroll(300);
    await expect.poll(() => page.getByText('Reading:').count()).toBe(1);
    const before = await page.locator('.list-row').allInnerTexts();
    await shop.post('invoke', { name: 'Seller', event: { say: 'the newest' } });
    await expect.poll(() => page.getByText(/61 of/).count()).toBe(1);
    expect(await place()).toBe(300);
    expect(await page.locator('.list-row').allInnerTexts()).toEqual(before);
    await scroll(1_000_000);
    await expect.poll(() => page.getByText('the newest').count()).toBe(1);
    await expect.poll(() => page.getByText('Following.').count()).toBe(1);
  });

  test('of events keeps the same rows before their eyes while newer ones come, and when one is opened', async () => {
    const { page, place, scroll } = await opened('#/events');
    await scroll(640);
    await expect.poll(place).toBe(640);
    const id = await shop.put({ n: 'later' });
    await expect.poll(() => page.getByText('61 events').count()).toBe(1);
    expect(await place()).toBe(640 + 32);
    await scroll(0);
    await expect.poll(() => page.locator(`a[href*="${id}"]`).count()).toBe(1);
    const top = await page.locator('a[data-row]').first().getAttribute('data-row');
    await scroll(640);
    await expect.poll(() => page.locator('a[data-row]').first().getAttribute('data-row')).not.toBe(top);
    await page.locator('a[data-row]').nth(12).click();
    await expect.poll(() => page.getByRole('complementary').count()).toBe(1);
    expect(await place()).toBe(640);
  });
});
