import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import process from 'node:process';
import { setTimeout as pause } from 'node:timers/promises';
import { BenchError } from '../bench-error.ts';
import { type Figure, type FigureOptions, type Result, scaled } from '../figure.ts';
import { type ProcessEntry, processTree } from '../machine/process-list.ts';
import { startNpm } from '../subjects/npm-start.ts';
import { ROOT, temporaryFolder } from '../subjects/project.ts';

const COMMAND = ['start', '--', '--port', '0', '--json'];

export const memory: Figure = {
  name: 'memory',
  title:
    'resident memory of an idle "npm start" with warm caches: the loop, its functions and all else it runs',
  target: 'within 200 MB',
  async run(options) {
    const folder = temporaryFolder(options);
    const settings = {
      cwd: ROOT,
      env: {
        XDG_CACHE_HOME: path.join(folder, 'bundles'),
        NODE_COMPILE_CACHE: path.join(folder, 'compiled'),
      },
      atEnd: options.atEnd,
    };
    const first = startNpm(COMMAND, settings);
    await first.readyAfterMs;
    await first.stop();

    const second = startNpm(COMMAND, settings);
    await second.readyAfterMs;
    const results: Result[] = [];
    let waitedMs = 0;
    for (const afterMs of [scaled(options, 5_000, 2_000), scaled(options, 20_000, 4_000)]) {
      options.say(`${afterMs / 1000} s after it is ready`);
      await pause(afterMs - waitedMs);
      waitedMs = afterMs;
      results.push(await sample(second.pid, afterMs, options));
    }
    await second.stop();
    return results;
  },
};

async function sample(npmPid: number, afterMs: number, options: FigureOptions): Promise<Result> {
  const loop = loopOf(await processTree(npmPid));
  const bare = await bareNodes(loop.length, options);
  return {
    what: `${afterMs / 1000} s after ready`,
    unit: 'MB',
    measured: { median: sumOf(loop) },
    reference: { what: `${bare.length} bare Node processes`, median: sumOf(bare) },
    limits: [{ of: 'median', atMost: 200 }],
    notes: loop.map(({ rssMB, command }) => `${rssMB.toFixed(1)} MB ${shortened(command)}`),
  };
}

/** The loop's process and those below it, without npm and the shell that npm starts it with. */
function loopOf(tree: ProcessEntry[]): ProcessEntry[] {
  const launched = tree.filter(({ command }) => command.includes('serverless-loop start'));
  const loop = launched.find(({ pid }) => !launched.some(({ parentPid }) => parentPid === pid));
  if (!loop) throw new BenchError('npm start runs, but no serverless-loop below it');
  const below = [loop];
  for (const { pid } of below) below.push(...tree.filter(({ parentPid }) => parentPid === pid));
  return below;
}

/** As many Node processes that do nothing. */
async function bareNodes(count: number, options: FigureOptions): Promise<ProcessEntry[]> {
  const started = Array.from({ length: count }, () => {
    const child = spawn(process.execPath, ['-e', 'console.log(); setInterval(() => {}, 1e9)'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const stop = async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill();
      await once(child, 'exit');
    };
    options.atEnd(stop);
    return { child, stop };
  });
  await Promise.all(started.map(({ child }) => once(child.stdout, 'data')));
  const entries = await processTree(process.pid);
  await Promise.all(started.map(({ stop }) => stop()));
  const pids = new Set(started.map(({ child }) => child.pid));
  return entries.filter(({ pid }) => pids.has(pid));
}

function sumOf(processes: ProcessEntry[]): number {
  return processes.reduce((sum, { rssMB }) => sum + rssMB, 0);
}

/** File names only. */
function shortened(command: string): string {
  return command.replaceAll(/\/\S*\//g, '').slice(0, 90);
}
