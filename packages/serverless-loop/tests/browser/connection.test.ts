import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CHROMIUM, openConsole, startBrowser } from './browser.ts';
import { startShop } from './shop.ts';

describe.skipIf(CHROMIUM === undefined)('a page that stays open', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await startBrowser();
  });
  afterAll(() => browser?.close());

  test('goes on when the loop was started again, says what it lost, and takes the new token into the open tab', async () => {
    const first = await startShop();
    await first.put({ n: 1 });
    const { page, faults } = await openConsole(browser, { ...first, at: '#/events' });
    await expect.poll(() => page.getByText('1 event').count()).toBe(1);
    await first.stop();
    await expect.poll(() => page.getByText('lost, trying again').count()).toBe(1);

    const second = await startShop(Number(new URL(first.endpoint).port));
    try {
      await expect.poll(() => page.getByText('live', { exact: true }).count()).toBe(1);
      await expect.poll(() => page.getByText('0 events').count()).toBe(1);
      await second.put({ n: 2 });
      await second.put({ n: 3 });
      await expect.poll(() => page.getByText('2 events').count()).toBe(1);
      await page.locator('a[data-row]').first().click();
      await page.getByRole('button', { name: 'Send again' }).click();
      await expect
        .poll(() => page.getByRole('alert').innerText())
        .toContain('Open the address that the start printed');
      await page.goto(`${second.endpoint}/_loop/#token=${second.token}`);
      await page.locator('a[data-row]').first().click();
      await page.getByRole('button', { name: 'Send again' }).click();
      await expect.poll(() => page.getByText('3 events').count()).toBe(1);
      expect(faults).toEqual([]);
    } finally {
      await second.stop();
    }
  });
});
