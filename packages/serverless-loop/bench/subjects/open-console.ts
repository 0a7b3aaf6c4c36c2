import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { startBrowser } from '../../tests/browser/chromium.ts';
import { BenchError } from '../bench-error.ts';
import type { FigureOptions } from '../figure.ts';

/** A console of the loop that is open until `close`, which may be called twice. */
export interface OpenConsole {
  close(): Promise<void>;
}

/** Reads in a process of its own the stream that the console's page reads. */
export async function readStream(
  endpoint: string,
  { atEnd }: Pick<FigureOptions, 'atEnd'>,
): Promise<OpenConsole> {
  const child = fork(path.join(import.meta.dirname, 'stream-reader.mjs'), [
    `${endpoint}/_loop/facts/stream?after=0`,
  ]);
  const gone = once(child, 'exit').then(([status]) => status);
  const close = async () => {
    if (child.connected) child.disconnect();
    await gone;
  };
  atEnd(close);
  const begun = await Promise.race([once(child, 'message'), gone]);
  if (!Array.isArray(begun)) throw new BenchError(`the reader of the stream ended with ${begun}`);
  return { close };
}

/** Opens the page in Chromium, which draws it without a window, and looks at its events. */
export async function openPage(
  { endpoint, token }: { endpoint: string; token: string },
  { atEnd }: Pick<FigureOptions, 'atEnd'>,
): Promise<OpenConsole> {
  const browser = await startBrowser();
  const close = () => browser.close();
  atEnd(close);
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(`${endpoint}/_loop/#token=${token}`);
  await page.getByText('live', { exact: true }).waitFor();
  await page.goto(`${endpoint}/_loop/#/events`);
  return { close };
}
