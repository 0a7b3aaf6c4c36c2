// Joins the files of each command into few, which load in a fifth of the time and in 12 MB less than 240 files of
// TypeScript. `npm ci` runs this at its end; packages/serverless-loop/bin/launch.mjs runs what is built for as long as no source has changed
// since, and the sources otherwise. Plain JavaScript, because an older Node may run it.

import { rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const COMMANDS = [
  'packages/serverless-loop/src/cli/start.ts',
  'packages/serverless-loop/src/cli/env.ts',
  'packages/serverless-loop/src/cli/invoke.ts',
  'scripts/demo.ts',
  'scripts/order.ts',
  'scripts/redrive.ts',
  'scripts/republish.ts',
  'scripts/erase.ts',
];

try {
  await buildCommands();
} catch (error) {
  // The sources run without this, too.
  process.stderr.write(`The commands were not built and will start from their sources: ${error}\n`);
}

async function buildCommands() {
  rmSync(path.join(ROOT, 'build'), { recursive: true, force: true });
  const { build } = await import('esbuild');
  const { metafile } = await build({
    absWorkingDir: ROOT,
    entryPoints: COMMANDS,
    entryNames: '[name]',
    outdir: 'build',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node22',
    packages: 'external',
    sourcemap: true,
    sourcesContent: false,
    metafile: true,
    logLevel: 'warning',
  });
  const commands = Object.entries(metafile.outputs)
    .filter(([, { entryPoint }]) => COMMANDS.includes(entryPoint))
    .map(([file, { entryPoint }]) => [entryPoint, file]);
  const inputs = Object.keys(metafile.inputs).map((file) => {
    const { mtimeMs, size } = statSync(path.join(ROOT, file));
    return [file, { mtimeMs, size }];
  });
  writeFileSync(
    path.join(ROOT, 'build/manifest.json'),
    JSON.stringify({ commands: Object.fromEntries(commands), inputs: Object.fromEntries(inputs) }),
  );
}
