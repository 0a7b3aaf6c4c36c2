import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CHROMIUM, openConsole, startBrowser } from './browser.ts';
import { type Shop, startShop } from './shop.ts';

describe.skipIf(CHROMIUM === undefined)('work that was done', () => {
  let shop: Shop;
  let browser: Browser;
  beforeAll(async () => {
    [shop, browser] = await Promise.all([startShop(), startBrowser()]);
  });
  afterAll(async () => {
    await browser?.close();
    await shop?.stop();
  });

  test('an execution is started from the page, and opens with its states, attempts, data and the requests that it made', async () => {
    const { page, faults } = await openConsole(browser, { ...shop, at: '#/traces/executions/new' });
    await page.getByLabel('State machine', { exact: true }).selectOption({ label: 'Packing' });
    await page.getByLabel('Input', { exact: true }).fill(JSON.stringify({ boxes: [{ fail: 'no box' }] }));
    await page.getByRole('button', { name: 'Start', exact: true }).click();
    const opened = page.getByRole('complementary');
    await expect.poll(() => opened.innerText()).toMatch(/failed in/);
    const states = opened.getByRole('region', { name: 'States' });
    await expect.poll(() => states.innerText()).toMatch(/Each ✕ failed/);
    const text = await states.innerText();
    expect(text).toMatch(/Sell ✕ failed Task, item 1/);
    expect(text.match(/Attempt \d: Seller in/g)).toHaveLength(2);
    expect(text).toContain('TypeError');
    await expect
      .poll(() => opened.getByRole('region', { name: 'History' }).innerText())
      .toMatch(/the execution begins.*enters Each \(Map\).*item 1 of the Map failed/s);
    const called = opened.getByRole('region', { name: 'Functions that it called' });
    await expect.poll(() => called.getByRole('link', { name: 'Seller' }).count()).toBe(2);

    await called.getByRole('link', { name: 'Seller' }).first().click();
    const request = page.getByRole('complementary');
    await request.getByRole('link', { name: 'an execution of Packing' }).click();
    await expect.poll(() => page.getByRole('region', { name: 'States' }).count()).toBe(1);
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByRole('complementary').count()).toBe(0);
    expect(page.url()).toMatch(/#\/traces\/executions$/);
    expect(faults).toEqual([]);
  });

  test('a call that IAM refuses is counted beside the views, and is told with the statement that allows it', async () => {
    const { page } = await openConsole(browser, { ...shop, at: '#/events' });
    await shop.post('invoke', { name: 'Seller', event: { peek: true } });
    await expect.poll(() => page.getByRole('link', { name: 'System 1 refused' }).count()).toBe(1);
    await page.getByRole('link', { name: 'System 1 refused' }).click();
    await page.getByRole('link', { name: 'Refused calls (1)' }).click();
    await expect.poll(() => page.getByText('dynamodb:ListTables', { exact: true }).count()).toBe(1);
    expect(await page.getByRole('region', { name: 'statement as text' }).innerText()).toMatch(
      /Effect: Allow\s+Action: dynamodb:ListTables/,
    );
  });

  test('an object opens with its content and metadata, and is saved as a file', async () => {
    await shop.store('oak/box.html', '<h1>oak</h1>');
    const { page, faults } = await openConsole(browser, { ...shop, at: '#/data/buckets' });
    await page.getByRole('link', { name: 'oak/box.html' }).click();
    const opened = page.getByRole('complementary');
    await expect
      .poll(() => opened.getByRole('region', { name: 'content as text' }).innerText())
      .toBe('<h1>oak</h1>');
    expect(await opened.innerText()).toMatch(/shelf\s+top/);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      opened.getByRole('link', { name: 'Download' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('box.html');
    expect(faults).toEqual([]);
  });

  test('one message of a queue is deleted after a question, and the other stays', async () => {
    for (const body of ['first', 'second']) await shop.post('queue/send', { name: 'kept', body });
    const { page } = await openConsole(browser, { ...shop, at: '#/data/queues/kept' });
    await expect.poll(() => page.getByRole('article').count()).toBe(2);
    await page.getByRole('article').first().getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await expect.poll(() => page.getByRole('article').count()).toBe(1);
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
  });
});
