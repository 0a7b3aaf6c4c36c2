import { existsSync } from 'node:fs';
import path from 'node:path';
import { ownCommand, runHere } from '../checkout.ts';
import type { Place } from '../place.ts';
import { type Step, StepFailure } from '../step.ts';

/** The installed packages are those of the lock file; deploy-and-test.sh has run npm ci where it wasn't. */
export function dependencies(): Step {
  return {
    id: 'dependencies',
    title: 'Dependencies',
    failure: 'build',
    limitMs: 120_000,
    async start(running) {
      await runHere('npm', ['ls', '--depth=0'], { running: { ...running, say() {} } });
    },
    check: async () => 'as locked',
  };
}

export function types(): Step {
  return {
    id: 'types',
    title: 'Types',
    failure: 'build',
    limitMs: 300_000,
    async start(running) {
      const [node, tsc] = ownCommand('tsc');
      await runHere(node, [tsc, '--noEmit'], { running });
    },
    check: async () => 'no fault',
  };
}

export function unitTests(): Step {
  let lines: string[] = [];
  return {
    id: 'unit',
    title: 'Unit tests',
    failure: 'build',
    limitMs: 900_000,
    async start(running) {
      const [node, vitest] = ownCommand('vitest');
      // The application's: the loop is not what is deployed.
      const args = [vitest, 'run', '--project', 'unit', '--reporter=dot', '--exclude', 'packages/**'];
      lines = await runHere(node, args, { running, env: { NO_COLOR: '1', FORCE_COLOR: undefined } });
    },
    check: async () => testCounts(lines),
  };
}

/** Vitest's count of the tests at its end. */
export function testCounts(lines: readonly string[]): string {
  const counts = lines
    .map((line) => /^\s*Tests\s+(.*?)\s*$/.exec(line)?.[1])
    .find((text) => text !== undefined);
  if (counts === undefined) throw new StepFailure('the test runner gave no counts: perhaps no test ran');
  return counts;
}

/** Into `folder`, so that a run changes no `.aws-sam` and two don't meet. */
export function build({ place, folder }: { place: Place; folder: string }): Step {
  return {
    id: 'build',
    title: 'sam build',
    failure: 'build',
    limitMs: 300_000,
    async start(running) {
      await runHere('sam', ['build', '--build-dir', folder], { running, place });
    },
    async check() {
      const file = path.join(folder, 'template.yaml');
      if (!existsSync(file)) throw new StepFailure(`sam build left no ${file}`);
      return 'built';
    },
  };
}
