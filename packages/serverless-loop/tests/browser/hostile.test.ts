import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CHROMIUM, openConsole, startBrowser } from './browser.ts';
import { type Shop, startShop } from './shop.ts';
import { VIEWS } from './views.ts';

const HOSTILE = [
  '<img src=x onerror="window.owned = 1">',
  '</script><script>window.owned = 1</script>',
  'javascript:window.owned=1',
  '{{constructor.constructor("window.owned=1")()}}',
  '\u0000\u0007\u001b[31mred\r\n\tend',
  '\u202egnp.exe\u2066\u200f\u061c',
  'half \ud800 a character \udfff',
  '\u2028\u2029\ufeff',
  `${'é'.repeat(1_000_000)}`,
  '__proto__',
];

/** Characters that hide or turn text, or move a cursor. */
const HIDDEN = ['\u202e', '\u2066', '\u200f', '\u061c', '\u001b', '\u0007', '\u0000', '\ufeff'];

describe.skipIf(CHROMIUM === undefined)('values of other people', () => {
  let shop: Shop;
  let browser: Browser;
  const eventIds: string[] = [];
  const executions: string[] = [];
  beforeAll(async () => {
    [shop, browser] = await Promise.all([startShop(), startBrowser()]);
    for (const text of HOSTILE) {
      const short = text.slice(0, 100_000);
      eventIds.push(await shop.put({ status: 'PAID', total: 12, [short.slice(0, 200)]: short }));
      await shop.post('invoke', { name: 'Seller', event: { name: text, say: text } });
      await shop.post('invoke', { name: 'Seller', event: { fail: short }, type: 'Event' });
      await shop.post('item/put', {
        table: 'boxes',
        item: { id: { S: short.slice(0, 500) }, [short.slice(0, 200)]: { S: short } },
      });
      await shop.post('queue/send', { name: 'kept', body: short });
      await shop.store(`box ${HOSTILE.indexOf(text)} ${text.toWellFormed().slice(0, 200)}`, text);
      executions.push(await shop.execute('Packing', { boxes: [{ name: short }, { fail: short }] }));
    }
    // A line that is no UTF-8, as a function in another language writes it.
    await shop.post('invoke', {
      name: 'Seller',
      event: { say: Buffer.from([0xff, 0xfe, 0x41]).toString('latin1') },
    });
    await shop.idle();
  });
  afterAll(async () => {
    await browser?.close();
    await shop?.stop();
  });

  test('are text in every view: nothing of them runs, is loaded, or turns what stands around it', async () => {
    const { page, faults } = await openConsole(browser, shop);
    const seen: string[] = [];
    const views = [
      ...VIEWS,
      '#/data/queues/kept',
      ...executions.map((path) => `#/traces/${path}`),
      ...eventIds.flatMap((id) => [
        `#/events/shop/${id}`,
        `#/events/new/shop/${id}`,
        `#/events/pattern/shop/${id}`,
      ]),
    ];
    for (const at of views) {
      await page.evaluate(`location.hash = ${JSON.stringify(at)}`);
      await expect.poll(() => page.getByText('Loading…').count()).toBe(0);
      expect(faults, at).toEqual([]);
      expect(
        await page.getByText('could not be drawn').count(),
        String(await page.evaluate('document.body.innerText')),
      ).toBe(0);
      await page.evaluate(`document.querySelectorAll('details').forEach((each) => { each.open = true; })`);
      seen.push(String(await page.evaluate('document.body.innerText')));
    }
    for (const at of ['#/logs', '#/traces', '#/data/tables', '#/data/buckets'])
      seen.push(...(await openedRows(page, at)));
    expect(await page.evaluate('window.owned')).toBeUndefined();
    expect(await page.locator('main img, main script, main iframe').count()).toBe(0);
    expect(faults).toEqual([]);
    const all = seen.join('\n');
    expect(all).toContain('<img src=x');
    for (const character of HIDDEN) expect(all.includes(character), JSON.stringify(character)).toBe(false);
  });
});

/** All that is shown when each row of a list, one after the other, is opened. */
async function openedRows(
  page: Awaited<ReturnType<typeof openConsole>>['page'],
  at: string,
): Promise<string[]> {
  await page.evaluate(`location.hash = ${JSON.stringify(at)}`);
  const links = page.locator('a[data-row]');
  await expect.poll(() => links.count()).toBeGreaterThan(0);
  const hrefs = await Promise.all((await links.all()).map((link) => link.getAttribute('href')));
  expect(hrefs.length).toBeGreaterThan(0);
  const texts: string[] = [];
  for (const href of hrefs) {
    await page.evaluate(`location.hash = ${JSON.stringify(href)}`);
    await expect.poll(() => page.getByRole('complementary').count()).toBe(1);
    await expect.poll(() => page.getByText('Loading…').count()).toBe(0);
    texts.push(String(await page.evaluate('document.body.innerText')));
  }
  return texts;
}
