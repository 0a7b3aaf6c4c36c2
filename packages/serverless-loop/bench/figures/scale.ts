import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Figure, type FigureOptions, scaled } from '../figure.ts';
import { cpuTimeMs } from '../machine/cpu-time.ts';
import { processTree } from '../machine/process-list.ts';
import { median } from '../statistics.ts';
import { LARGE, makeLargeProject } from '../subjects/large-application.ts';
import { startNpm } from '../subjects/npm-start.ts';
import { ROOT, temporaryFolder } from '../subjects/project.ts';

const COMMAND = ['start', '--', '--port', '0', '--json'];
/** Until all that is put off at a start is done. */
const SETTLE_MS = 5_000;
const IDLE_MS = 10_000;

export const scale: Figure = {
  name: 'scale',
  title: `"npm start" of ${LARGE}, with warm caches; and what that takes of a processor while nothing happens`,
  target: 'ready within 2 s, and idle at no cost: at most 5 ms of each second',
  async run(options) {
    const large = makeLargeProject(options);
    const env = cachesIn(temporaryFolder(options));
    const times = { large: [] as number[], own: [] as number[] };
    const timeOf = async (cwd: string) => {
      const command = startNpm(COMMAND, { cwd, env, atEnd: options.atEnd });
      const readyAfterMs = await command.readyAfterMs;
      await command.stop();
      return readyAfterMs;
    };
    await timeOf(large);
    await timeOf(ROOT);
    const rounds = scaled(options, 5, 3);
    for (let round = 1; round <= rounds; round += 1) {
      times.large.push(await timeOf(large));
      times.own.push(await timeOf(ROOT));
      options.say(`round ${round} of ${rounds}: ${times.large.at(-1)?.toFixed(0)} ms`);
    }
    const idle = { large: await idleMs(large, env, options), own: await idleMs(ROOT, env, options) };
    return [
      {
        what: 'ready',
        unit: 'ms',
        measured: { median: median(times.large) },
        reference: { what: 'of the application here, two functions', median: median(times.own) },
        limits: [{ of: 'median', atMost: 2_000 }],
      },
      {
        what: 'idle',
        unit: 'ms/s',
        measured: { median: idle.large },
        reference: { what: 'of the application here', median: idle.own },
        limits: [{ of: 'median', atMost: 5 }],
      },
    ];
  },
};

function cachesIn(folder: string): Record<string, string> {
  return {
    XDG_CACHE_HOME: path.join(folder, 'bundles'),
    NODE_COMPILE_CACHE: path.join(folder, 'compiled'),
  };
}

/** Milliseconds of processor time in a second, of all its processes. */
async function idleMs(cwd: string, env: Record<string, string>, options: FigureOptions): Promise<number> {
  const command = startNpm(COMMAND, { cwd, env, atEnd: options.atEnd });
  await command.readyAfterMs;
  await pause(SETTLE_MS);
  const before = await totalMs(command.pid);
  await pause(IDLE_MS);
  const took = (await totalMs(command.pid)) - before;
  await command.stop();
  return took / (IDLE_MS / 1000);
}

async function totalMs(pid: number): Promise<number> {
  const tree = await processTree(pid);
  const times = await Promise.all(tree.map((entry) => cpuTimeMs(entry.pid).catch(() => 0)));
  return times.reduce((sum, time) => sum + time, 0);
}
