import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CHROMIUM, openConsole, startBrowser } from './browser.ts';
import { type Shop, startShop } from './shop.ts';

describe.skipIf(CHROMIUM === undefined)('events on the page', () => {
  let shop: Shop;
  let browser: Browser;
  beforeAll(async () => {
    [shop, browser] = await Promise.all([startShop(), startBrowser()]);
  });
  afterAll(async () => {
    await browser?.close();
    await shop?.stop();
  });

  test('one that a rule misses by one field says which, what was expected and what was found', async () => {
    const id = await shop.put({ status: 'PAID', total: 5 });
    const { page, faults } = await openConsole(browser, { ...shop, at: '#/events' });
    await page.locator(`a[href*="${id}"]`).click();
    const rule = page.getByRole('article', { name: /Paid/ });
    await expect.poll(() => rule.innerText()).toMatch(/missed by 1 field/);
    const [cells] = await rule.getByRole('row').filter({ hasText: 'detail.total' }).all();
    expect(await cells?.innerText()).toMatch(/detail\.total\s+.*numeric.*10.*\t5/s);
    expect(faults).toEqual([]);
  });

  test('one is sent again as it is, and edited, and both are new events', async () => {
    const id = await shop.put({ status: 'PAID', total: 12, say: 'first' });
    const { page } = await openConsole(browser, { ...shop, at: `#/events/shop/${id}` });
    await page.getByRole('button', { name: 'Send again' }).click();
    await expect.poll(() => page.getByText(/Sent again as/).count()).toBeGreaterThan(0);
    await page.getByRole('link', { name: 'Edit and send' }).click();
    const detail = page.getByLabel('Detail', { exact: true });
    await expect.poll(() => detail.inputValue()).toContain('first');
    await detail.fill(JSON.stringify({ status: 'PAID', total: 13, say: 'edited' }));
    await page.getByRole('button', { name: 'Put event' }).click();
    await expect
      .poll(() => page.getByRole('region', { name: 'event as text' }).innerText())
      .toContain('edited');
    await expect
      .poll(() => page.getByRole('article', { name: /Paid/ }).innerText())
      .toMatch(/matched.*taken/s);
  });

  test('a pattern is tried as it is typed, with the service’s own errors', async () => {
    const { page } = await openConsole(browser, { ...shop, at: '#/events/pattern' });
    await expect.poll(() => page.getByText('The pattern matches the event').count()).toBe(1);
    await page.getByLabel('Pattern', { exact: true }).fill('{ "detail": { "total": [11] } }');
    await expect.poll(() => page.getByText('The pattern does not match the event').count()).toBe(1);
    await page.getByLabel('Pattern', { exact: true }).fill('{ "source": "com.example" }');
    await expect
      .poll(() => page.getByRole('region', { name: 'Result' }).innerText())
      .toContain('Event pattern is not valid. Reason: "source" must be an object or an array');
  });

  test('a reload keeps the view, what is opened and the filter; back goes to where one was', async () => {
    const id = await shop.put({ status: 'PAID', total: 20 });
    const { page } = await openConsole(browser, { ...shop, at: '#/logs' });
    await page.keyboard.press('g');
    await page.keyboard.press('e');
    await page.keyboard.press('/');
    await page.keyboard.type('source:com.shop');
    await expect.poll(() => page.url()).toContain('q=source');
    await page.locator(`a[href*="${id}"]`).click();
    await page.reload();
    await expect.poll(() => page.getByRole('article', { name: /Paid/ }).count()).toBe(1);
    expect(await page.getByLabel('Filter').inputValue()).toBe('source:com.shop');
    await page.goBack();
    await expect.poll(() => page.getByRole('complementary').count()).toBe(0);
    await page.goBack();
    await expect.poll(() => page.getByRole('heading', { level: 1 }).innerText()).toBe('Logs');
  });

  test('keys choose a row, open it, close it, and the focus is on the row again', async () => {
    const id = await shop.put({ status: 'NEW', total: 1 });
    const { page } = await openConsole(browser, { ...shop, at: '#/events' });
    await expect.poll(() => page.locator(`a[href*="${id}"]`).count()).toBe(1);
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.getByRole('complementary').count()).toBe(1);
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByRole('complementary').count()).toBe(0);
    await expect.poll(() => page.locator('a:focus').count()).toBe(1);
    expect(await page.locator('a:focus').getAttribute('href')).toContain(id);
    await page.keyboard.press('?');
    expect(await page.getByRole('dialog').innerText()).toContain('Keys');
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
  });
});
