// Takes pictures of every view of a console, to look at: node take-screenshots.ts ADDRESS FOLDER
// ADDRESS is the one that a start prints, with its token. A picture is named VIEW-WIDTH-SCHEME.png; of a list there is a
// second one with its first row opened.

import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { chromium, type Page } from 'playwright-core';
import { smallPng } from './small-png.ts';

const VIEWS = [
  ['events', '#/events'],
  ['events-pattern', '#/events/pattern'],
  ['events-new', '#/events/new'],
  ['traces', '#/traces'],
  ['executions', '#/traces/executions'],
  ['executions-new', '#/traces/executions/new'],
  ['tables', '#/data/tables'],
  ['queues', '#/data/queues'],
  ['buckets', '#/data/buckets'],
  ['parameters', '#/data/parameters'],
  ['topics', '#/data/topics'],
  ['logs', '#/logs'],
  ['system', '#/system'],
  ['resources', '#/system/list'],
  ['refused', '#/system/refused'],
  ['invoke', '#/do/invoke'],
  ['request', '#/do/request'],
  ['schedules', '#/do/schedules'],
  ['faults', '#/do/faults'],
  ['time', '#/do/time'],
  ['reset', '#/do/reset'],
  ['charts', '#/metrics/charts'],
  ['alarms', '#/metrics/alarms'],
  ['dashboards', '#/metrics/dashboards'],
] as const;

const SIZES = [
  [360, 740],
  [1440, 900],
  [2560, 1440],
] as const;

const [address, folder] = process.argv.slice(2);
if (address === undefined || folder === undefined) {
  process.stderr.write('usage: node take-screenshots.ts ADDRESS FOLDER\n');
  process.exit(2);
}
mkdirSync(folder, { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
});
try {
  for (const [width, height] of SIZES)
    for (const colorScheme of ['light', 'dark'] as const) {
      const context = await browser.newContext({ viewport: { width, height }, colorScheme });
      const page = await context.newPage();
      await page.goto(address);
      for (const [name, fragment] of VIEWS) await takeView(page, { name, fragment, folder });
      await context.close();
    }
} finally {
  await browser.close();
}

async function takeView(
  page: Page,
  { name, fragment, folder }: { name: string; fragment: string; folder: string },
): Promise<void> {
  await page.evaluate(`location.hash = ${JSON.stringify(fragment)}`);
  await settled(page);
  await take(page, name, folder);
  const row = page.locator('a[data-row]').first();
  if ((await row.count()) === 0) return;
  await page.evaluate(`location.hash = ${JSON.stringify(await row.getAttribute('href'))}`);
  await settled(page);
  await take(page, `${name}-opened`, folder);
}

async function settled(page: Page): Promise<void> {
  await page.waitForTimeout(500);
  await page.getByText('Loading…').waitFor({ state: 'detached' });
}

async function take(page: Page, name: string, folder: string): Promise<void> {
  const size = page.viewportSize()?.width ?? 0;
  const isDark = await page.evaluate('matchMedia("(prefers-color-scheme: dark)").matches');
  const file = path.join(folder, `${name}-${size}-${isDark ? 'dark' : 'light'}.png`);
  writeFileSync(file, smallPng(await page.screenshot()));
}
