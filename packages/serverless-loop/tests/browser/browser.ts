import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { expect } from 'vitest';

/** The names that distributions give it. */
const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];

function findOnPath(): string | undefined {
  const folders = (process.env.PATH ?? '').split(path.delimiter);
  return NAMES.flatMap((name) => folders.map((folder) => path.join(folder, name))).find((file) => {
    try {
      accessSync(file, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/**
 * The browser's file: `CHROMIUM`, or the first on the PATH. Undefined where there is none, so that tests are skipped; with
 * `REQUIRE_BROWSER=1` that is a failure.
 */
export const CHROMIUM = process.env.CHROMIUM ?? findOnPath();
if (CHROMIUM === undefined) {
  const words = `No Chromium is on the PATH (${NAMES.join(', ')}): \`apt-get install chromium\`, or name its file in CHROMIUM.`;
  if (process.env.REQUIRE_BROWSER === '1') throw new Error(words);
  console.warn(`${words} The tests of the console's page are skipped.`);
}

export async function startBrowser(): Promise<Browser> {
  return await chromium.launch({
    executablePath: CHROMIUM ?? '',
    // Its sandbox doesn't work for root, and its shared memory may be small in a container.
    args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--disable-gpu', '--disable-dev-shm-usage'],
  });
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
