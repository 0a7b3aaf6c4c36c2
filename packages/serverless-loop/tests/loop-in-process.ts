import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { onTestFinished } from 'vitest';
import type { Fact } from '../src/facts.ts';
import { type Loop, type LoopOptions, startLoop } from '../src/loop/loop.ts';
import { keepWatchdog } from '../src/services/lambda/ending/watchdog.ts';

// One loop comes after the other.
keepWatchdog();

export interface LoopUnderTest {
  loop: Loop;
  facts: Fact[];
  /** The facts of one kind so far. */
  factsOf<K extends Fact['kind']>(kind: K): Extract<Fact, { kind: K }>[];
}

/** A folder with these files, gone after the test, or when `atEnd` runs what it is given. */
export function projectFolder(
  files: Record<string, string>,
  atEnd: (remove: () => void) => void = onTestFinished,
): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'loop-project-'));
  atEnd(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
  return folder;
}

/** Runs a template in this process, on a free port and with quick retries, until the test ends. */
export async function loopUnderTest(
  templatePath: string,
  options: Partial<LoopOptions> = {},
): Promise<LoopUnderTest> {
  const running = await runLoop(templatePath, options);
  onTestFinished(running.stop);
  return running;
}

/** The same until it is stopped, for tests that share one. */
export async function runLoop(
  templatePath: string,
  options: Partial<LoopOptions> = {},
): Promise<LoopUnderTest & { stop(): Promise<void> }> {
  const { TEST_LOOP_CACHE: shared } = process.env;
  const cacheDir = shared ?? mkdtempSync(path.join(tmpdir(), 'loop-cache-'));
  const facts: Fact[] = [];
  const loop = await startLoop({
    templatePath,
    stackName: 'test',
    place: { partition: 'aws', region: 'eu-west-1', accountId: '000000000000' },
    port: 0,
    parameterOverrides: {},
    strict: false,
    retrySpeed: 1_000,
    watch: false,
    // Processes are most of a test's work.
    startsAhead: false,
    maxEnvironments: 3,
    cacheDir,
    report: (fact) => facts.push(fact),
    ...options,
  });
  await loop.ready();
  return {
    loop,
    facts,
    factsOf: (kind) =>
      facts.filter((fact): fact is Extract<Fact, { kind: typeof kind }> => fact.kind === kind),
    async stop() {
      await loop.stop();
      if (shared === undefined) rmSync(cacheDir, { recursive: true, force: true });
    },
  };
}

/**
 * For ReceiveMessage: no message is met twice. Half a day, since the clock of a loop under test runs a thousand times as fast:
 * the usual 30 s are over in 30 ms, which a busy machine takes between two calls.
 */
export const MET_ONCE = { VisibilityTimeout: 43_200 } as const;

/** Options of every AWS SDK client of a test that talks to a loop. */
export function clientOptions(loop: Loop) {
  return {
    endpoint: loop.endpoint,
    region: loop.stack.place.region,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  };
}
