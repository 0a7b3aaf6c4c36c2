// Joins the files of each command into few, which load faster than the sources. `npm ci` runs this at its end; what runs a
// command, scripts/launch.mjs, takes what is built for as long as no source has changed since, and the sources otherwise.
// Plain JavaScript, because an older Node may run it.

import { rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const COMMANDS = ['demo', 'order', 'redrive', 'republish', 'erase'];

try {
  await buildCommands();
} catch (error) {
  // The sources run without this, too.
  process.stderr.write(`The commands were not built and will start from their sources: ${error}\n`);
}

async function buildCommands() {
  const folder = path.join(ROOT, 'build');
  rmSync(folder, { recursive: true, force: true });
  const { build } = await import('esbuild');
  const { writeManifest } = await import('serverless-loop/launch');
  const { metafile } = await build({
    absWorkingDir: ROOT,
    entryPoints: COMMANDS.map((name) => `scripts/${name}.ts`),
    entryNames: '[name]',
    outdir: folder,
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
  writeManifest(folder, ROOT, metafile);
}
