import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Fact, type RunningLoop, type StartOptions, startLoop } from 'serverless-loop';
import { onTestFinished } from 'vitest';

export interface LoopUnderTest {
  loop: RunningLoop;
  /** The facts of one kind so far. */
  factsOf<K extends Fact['kind']>(kind: K): Extract<Fact, { kind: K }>[];
}

/** A folder with these files, gone after the test. */
export function projectFolder(files: Record<string, string>): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'snacks-project-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
  return folder;
}

/** Runs a template in this process, with quick retries, until the test ends. */
export async function loopUnderTest(
  template: string | undefined,
  options: StartOptions = {},
): Promise<LoopUnderTest> {
  const running = await runLoop(template, options);
  onTestFinished(running.stop);
  return running;
}

/** The same until it is stopped, for tests that share one. */
export async function runLoop(
  template: string | undefined,
  options: StartOptions = {},
): Promise<LoopUnderTest & { stop(): Promise<void> }> {
  const loop = await startLoop({
    ...(template !== undefined && { template }),
    region: 'eu-west-1',
    retrySpeed: 1_000,
    // Processes are most of a test's work.
    startsAhead: false,
    maxEnvironments: 1,
    ...sharedCache(),
    ...options,
  });
  return {
    loop,
    factsOf: (kind) =>
      loop.facts.soFar().filter((fact): fact is Extract<Fact, { kind: typeof kind }> => fact.kind === kind),
    stop: loop.stop,
  };
}

/**
 * For ReceiveMessage: no message is met twice. Half a day, since the clock of a loop under test runs a thousand times as fast:
 * the usual 30 s are over in 30 ms, which a busy machine takes between two calls.
 */
export const MET_ONCE = { VisibilityTimeout: 43_200 } as const;

/** Options of every AWS SDK client of a test that talks to a loop. */
export function clientOptions({ endpoint, region }: RunningLoop) {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  return { endpoint, region, credentials, maxAttempts: 1 };
}

/** Keeps what one loop has built of a function for the next ones, for a whole run of vitest. */
function sharedCache(): Pick<StartOptions, 'cacheDir'> {
  const { TEST_LOOP_CACHE: cacheDir } = process.env;
  return cacheDir === undefined ? {} : { cacheDir };
}
