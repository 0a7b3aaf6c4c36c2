import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type Figure, type FigureOptions, type Result, scaled } from '../figure.ts';
import { median } from '../statistics.ts';
import { startNpm } from '../subjects/npm-start.ts';
import { ROOT, temporaryFolder } from '../subjects/project.ts';

const WAYS = [
  { name: 'watching', args: ['start', '--', '--port', '0', '--json'] },
  { name: 'no watch', args: ['start', '--', '--port', '0', '--json', '--no-watch'] },
];

export const start: Figure = {
  name: 'start',
  title: 'npm start to both functions waiting for work, with empty caches and with warm ones',
  target: 'first start within 1.0 s, second within 0.5 s',
  async run(options) {
    const rounds = scaled(options, 9, 3);
    const bareProject = makeBareProject(options);
    const ways = WAYS.map((way) => ({ ...way, firstMs: samples(), secondMs: samples() }));
    const npmMs = samples();
    for (let round = 1; round <= rounds; round++) {
      for (const { args, firstMs, secondMs } of ways) {
        const env = emptyCaches(options);
        firstMs.push(await timeToReady(args, env, options));
        secondMs.push(await timeToReady(args, env, options));
        npmMs.push(await timeToEnd(bareProject, env, options));
      }
      options.say(
        `round ${round} of ${rounds}: ${ways.map(({ firstMs, secondMs }) => `${ms(firstMs)}, ${ms(secondMs)}`).join('; ')}; npm alone ${ms(npmMs)}`,
      );
    }
    const reference = { what: 'npm start of "node -e 0"', median: median(npmMs) };
    return ways.flatMap(({ name, firstMs, secondMs }): Result[] => [
      { what: `first, ${name}`, ...measured(firstMs), reference, limits: [{ of: 'median', atMost: 1000 }] },
      { what: `second, ${name}`, ...measured(secondMs), reference, limits: [{ of: 'median', atMost: 500 }] },
    ]);
  },
};

const samples = (): number[] => [];
const ms = (values: number[]) => `${Math.round(values.at(-1) ?? 0)} ms`;
const measured = (values: number[]) => ({
  unit: 'ms',
  measured: { median: median(values) },
  notes: [`slowest of ${values.length}: ${Math.round(Math.max(...values))} ms`],
});

/** No bundle and no compiled code of an earlier run. */
function emptyCaches(options: FigureOptions): Record<string, string> {
  const folder = temporaryFolder(options);
  return {
    XDG_CACHE_HOME: path.join(folder, 'bundles'),
    NODE_COMPILE_CACHE: path.join(folder, 'compiled'),
  };
}

async function timeToReady(
  args: string[],
  env: Record<string, string>,
  options: FigureOptions,
): Promise<number> {
  const command = startNpm(args, { cwd: ROOT, env, atEnd: options.atEnd });
  const readyAfterMs = await command.readyAfterMs;
  await command.stop();
  return readyAfterMs;
}

function timeToEnd(cwd: string, env: Record<string, string>, options: FigureOptions): Promise<number> {
  return startNpm(['start'], { cwd, env, atEnd: options.atEnd }).endedAfterMs;
}

/** A project whose start does nothing, with the same Node. */
function makeBareProject(options: FigureOptions): string {
  const folder = path.join(temporaryFolder(options), 'bare');
  mkdirSync(folder);
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ scripts: { start: 'node -e 0' } }));
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'));
  return folder;
}
