import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CHROMIUM, openConsole, startBrowser } from './browser.ts';
import { type Shop, startShop } from './shop.ts';
import { VIEWS } from './views.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Rules of WCAG 2.2 to level AA, and axe's best practices. */
async function violationsOf(page: Page): Promise<unknown> {
  const text = await page.evaluate(`(async () => {
    const { violations } = await axe.run(document, { resultTypes: ['violations'] });
    return JSON.stringify(violations.map(({ id, nodes }) => [id, nodes.slice(0, 3).map(({ html }) => html)]));
  })()`);
  return JSON.parse(String(text));
}

describe.skipIf(CHROMIUM === undefined)('axe finds no fault', () => {
  let shop: Shop;
  let browser: Browser;
  let eventId = '';
  const executions: string[] = [];
  beforeAll(async () => {
    [shop, browser] = await Promise.all([startShop(), startBrowser()]);
    eventId = await shop.put({ status: 'PAID', total: 5 });
    await shop.put({ status: 'PAID', total: 12 });
    await shop.post('invoke', { name: 'Seller', event: { name: 'oak', peek: true } });
    await shop.post('invoke', { name: 'Seller', event: { fail: 'no box' }, type: 'Event' });
    executions.push(await shop.execute('Packing', { boxes: [{ name: 'oak' }, { fail: 'no box' }] }));
    executions.push(await shop.execute('Quick', {}));
    await shop.store('oak/box.html', '<b>oak</b>');
    await shop.post('item/put', { table: 'boxes', item: { id: { S: 'b-1' }, size: { N: '3' } } });
    await shop.idle();
  });
  afterAll(async () => {
    await browser?.close();
    await shop?.stop();
  });

  test.each(
    (['light', 'dark'] as const).flatMap((colorScheme) =>
      [1440, 360].map((width) => [colorScheme, width] as const),
    ),
  )('in any view, %s, %i pixels wide', async (colorScheme, width) => {
    const context = { colorScheme, viewport: { width, height: 800 }, bypassCSP: true };
    const { page } = await openConsole(browser, { ...shop, context });
    await page.addScriptTag({ content: AXE });
    const found: unknown[] = [];
    const opened = executions.map((path) => `#/traces/${path}`);
    for (const at of [...VIEWS, `#/events/shop/${eventId}`, ...opened]) {
      await page.evaluate(`location.hash = ${JSON.stringify(at)}`);
      await expect.poll(() => page.getByRole('heading', { level: 1 }).count()).toBe(1);
      await expect.poll(() => page.getByText('Loading…').count()).toBe(0);
      const violations = await violationsOf(page);
      if (JSON.stringify(violations) !== '[]') found.push([at, violations]);
      expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), at).toBe(true);
    }
    expect(found).toEqual([]);
  });
});
