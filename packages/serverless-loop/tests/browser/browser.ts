import process from 'node:process';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { expect } from 'vitest';
import { CHROMIUM, CHROMIUM_NAMES } from './chromium.ts';

export { CHROMIUM, startBrowser } from './chromium.ts';

// Tests that need one are skipped where there is none; with `REQUIRE_BROWSER=1` that is a failure.
if (CHROMIUM === undefined) {
  const words = `No Chromium is on the PATH (${CHROMIUM_NAMES.join(', ')}): \`apt-get install chromium\`, or name its file in CHROMIUM.`;
  if (process.env.REQUIRE_BROWSER === '1') throw new Error(words);
  console.warn(`${words} The tests of the console's page are skipped.`);
}

/** A page that was watched from its beginning. */
export interface WatchedPage {
  page: Page;
  /** Exceptions, refusals by the Content-Security-Policy, and requests to another host than the loop's. */
  faults: string[];
}

export interface Opened {
  endpoint: string;
  token: string;
  /** The fragment, `#/events`. */
  at?: string;
  context?: BrowserContextOptions;
}

/** Opens the console as somebody does who follows the printed address, then the view that is wanted. */
export async function openConsole(
  browser: Browser,
  { endpoint, token, at, context = {} }: Opened,
): Promise<WatchedPage> {
  const opened = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...context });
  const page = await opened.newPage();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(`exception: ${error.stack ?? error.message}`));
  page.on('console', (message) => {
    if (/Content Security Policy|Trusted/i.test(message.text())) faults.push(message.text());
  });
  page.on('request', (request) => {
    if (new URL(request.url()).origin !== endpoint) faults.push(`request to ${request.url()}`);
  });
  await page.goto(`${endpoint}/_loop/#token=${token}`);
  await expect.poll(() => page.getByText('live', { exact: true }).count()).toBe(1);
  if (at !== undefined) await page.goto(`${endpoint}/_loop/${at}`);
  return { page, faults };
}
