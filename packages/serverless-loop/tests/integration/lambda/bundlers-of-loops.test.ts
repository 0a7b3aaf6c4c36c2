import { expect, onTestFinished, test } from 'vitest';
import { bundler } from '../../../src/services/lambda/code/bundler.ts';
import { projectFolder } from '../../loop-in-process.ts';

const LINGER_MS = 60_000;

/** Takes esbuild long enough that others come in between. */
const LONG = Array.from({ length: 20_000 }, (_, n) => `export const name${n} = { n: ${n} };`).join('\n');

test('a loop that ends takes no build from another loop of the process, since esbuild is one for all', async () => {
  const codeUri = projectFolder({ 'app.ts': LONG }, onTestFinished);
  const options = { codeUri, entryPoints: ['app.ts'], options: {}, outdir: `${codeUri}/out` };
  const loops = [bundler(LINGER_MS), bundler(LINGER_MS), bundler(LINGER_MS)];
  const [ending, ...others] = loops;
  await ending?.bundle({ ...options, outdir: `${codeUri}/first` });
  const builds = others.map((loop, at) => loop.bundle({ ...options, outdir: `${codeUri}/${at}` }));
  for (let turn = 0; turn < 20; turn += 1) {
    ending?.rest();
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(await Promise.all(builds)).toEqual([
    expect.objectContaining({ inputs: [`${codeUri}/app.ts`] }),
    expect.objectContaining({ inputs: [`${codeUri}/app.ts`] }),
  ]);
  for (const loop of loops) loop.rest();
});
