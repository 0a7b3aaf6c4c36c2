import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { BROWSER_ARGS, CHROMIUM } from '../../tests/browser/chromium.ts';
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

/**
 * Opens the page in Chromium, which draws it without a window. No driver is attached: it would be told of each message of the
 * stream, in the very process that is measured.
 */
export async function openPage(url: string, { atEnd }: Pick<FigureOptions, 'atEnd'>): Promise<OpenConsole> {
  const profile = mkdtempSync(path.join(tmpdir(), 'console-bench-'));
  const child = spawn(
    CHROMIUM ?? '',
    [
      ...[
        '--headless=new',
        '--remote-debugging-port=0',
        `--user-data-dir=${profile}`,
        '--window-size=1440,900',
      ],
      ...['--no-first-run', ...BROWSER_ARGS, url],
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const gone = once(child, 'close');
  const close = async () => {
    child.kill();
    await gone;
    rmSync(profile, { recursive: true, force: true, maxRetries: 3 });
  };
  atEnd(close);
  for await (const line of createInterface({ input: child.stderr })) {
    const [, tools] = /^DevTools listening on ws:(\/\/[^/]+)/.exec(line) ?? [];
    if (tools === undefined) continue;
    // It writes much that means nothing here, and waits when nobody reads it.
    child.stderr.resume();
    await shown(`http:${tools}/json/list`);
    return { close };
  }
  throw new BenchError('Chromium ended before it had opened the page');
}

/** Waits until the page has taken its token and shows its first view. */
async function shown(list: string): Promise<void> {
  for (const lastMs = Date.now() + 60_000; Date.now() < lastMs; await pause(100)) {
    const pages: unknown = await (await fetch(list)).json();
    if (JSON.stringify(pages).includes('/_loop/"')) return;
  }
  throw new BenchError('the page of the console did not open within a minute');
}
