import { type LoopProcess, startCommand } from 'serverless-loop/tests';
import { CHROMIUM, openConsole, startBrowser } from 'serverless-loop/tests/browser';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

type Browser = Awaited<ReturnType<typeof startBrowser>>;
type Page = Awaited<ReturnType<typeof openConsole>>['page'];

describe.skipIf(CHROMIUM === undefined)('an order, by the console’s page alone', () => {
  let loop: LoopProcess;
  let browser: Browser;
  beforeAll(async () => {
    [loop, browser] = await Promise.all([startCommand(['start', '--port', '0']), startBrowser()]);
  });
  afterAll(async () => {
    await browser?.close();
    await loop?.stop();
  });
  const open = () => {
    const token = String(loop.facts.find(({ kind }) => kind === 'ready')?.token);
    return openConsole(browser, { endpoint: loop.endpoint, token });
  };

  test('is placed and seen to be PROCESSED, with its history and its traces', async () => {
    const { page, faults } = await open();
    const orderId = await place(page, 'order.json');
    await page.goto(`${loop.endpoint}/_loop/#/data/tables`);
    await page.locator(`a[data-row="orderId=${orderId}"]`).click();
    await expect
      .poll(() => page.getByRole('region', { name: 'History' }).innerText())
      .toMatch(/NEW.*PROCESSED/s);
    await page.getByRole('link', { name: 'OrderProcessorFunction' }).click();
    await expect.poll(() => page.getByRole('region', { name: 'Waterfall' }).innerText()).toMatch(/DynamoDB/);
    expect(faults).toEqual([]);
  });

  test('that the processor fails at is tried three times, kept in a queue, redriven once it is mended, and PROCESSED', async () => {
    const { page, faults } = await open();
    await page.goto(`${loop.endpoint}/_loop/#/do/faults`);
    await page.getByLabel('Function').selectOption('OrderProcessorFunction');
    await page.getByRole('button', { name: 'Set the fault' }).click();
    await expect.poll(() => page.getByText('A fault is on').count()).toBe(1);
    const orderId = await place(page, 'order-express.json');

    // After a minute and after two more (Lambda guide, "How Lambda handles errors and retries with asynchronous invocation").
    await page.goto(`${loop.endpoint}/_loop/#/traces?q=function:OrderProcessor`);
    await expect.poll(() => page.getByText('retrying').count()).toBe(1);
    await page.goto(`${loop.endpoint}/_loop/#/do/time`);
    await page.getByRole('button', { name: 'By an hour' }).click();
    await page.goto(`${loop.endpoint}/_loop/#/traces?q=function:OrderProcessor`);
    await page.locator('li', { hasText: 'given up' }).getByRole('link').click();
    const attempts = page.getByRole('region', { name: 'Attempts' }).getByRole('listitem');
    await expect.poll(() => attempts.count()).toBe(3);

    await page.goto(`${loop.endpoint}/_loop/#/data/queues`);
    await page.getByRole('link', { name: 'OrderProcessorFailureQueue' }).click();
    await expect.poll(() => page.getByText(/RetriesExhausted after 3 attempts/).count()).toBe(1);
    await page.getByRole('button', { name: 'Remove faults' }).click();
    await expect.poll(() => page.getByText('A fault is on').count()).toBe(0);
    await page.getByRole('button', { name: 'Redrive', exact: true }).click();
    await expect.poll(() => page.getByText(/The queue is empty/).count()).toBe(1);

    await page.goto(`${loop.endpoint}/_loop/#/data/tables`);
    const row = page.locator('li', { has: page.locator(`a[data-row="orderId=${orderId}"]`) });
    await expect.poll(() => row.innerText()).toContain('PROCESSED');
    expect(faults).toEqual([]);
  });
});

/** Invokes the creator with a file of events/, as a person does, and returns the order's id. */
async function place(page: Page, file: string): Promise<string> {
  await page.goto(`${new URL(page.url()).origin}/_loop/#/do/invoke/OrderCreatorFunction`);
  await page.getByLabel('Event from').selectOption(file);
  await expect.poll(() => page.getByLabel('Event', { exact: true }).inputValue()).toContain('snacks');
  await page.getByRole('button', { name: 'Invoke', exact: true }).click();
  const answer = page.getByRole('region', { name: 'answer as text' });
  await expect.poll(() => answer.innerText()).toContain('orderId');
  return String(/"orderId": "([^"]+)"/.exec(await answer.innerText())?.[1]);
}
