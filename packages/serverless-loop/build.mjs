// Joins the files of the package into few, which load in a fifth of the time and in 12 MB less than 400 files of TypeScript,
// and which Node runs where it strips no types: below node_modules. `npm ci` of the repository runs this at its end, and
// `npm pack` before it packs; bin/launch.mjs runs the sources again as soon as one of them has changed. Plain JavaScript,
// because an older Node may run it.

import { rmSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { buildCommands } from './bin/launch.mjs';
import { buildPage } from './bin/page-build.mjs';

const PACKAGE = fileURLToPath(new URL('.', import.meta.url));
const FOLDER = path.join(PACKAGE, 'dist');
const isPacking = process.env.npm_lifecycle_event === 'prepack';

try {
  // Packed is this build alone, without the files of those before.
  if (isPacking) rmSync(FOLDER, { recursive: true, force: true });
  await buildCommands({
    root: PACKAGE,
    folder: FOLDER,
    core: 'src/loop/loop.ts',
    entryPoints: [
      ...['src/cli/main.ts', 'src/index.ts', 'src/commands.ts'],
      // Loaded by their paths.
      ...['src/template/yaml/yaml.ts', 'src/template/yaml-thread.ts'],
    ],
  });
  // In the folder of the commands, which their build clears of what isn't its own.
  await buildPage(PACKAGE);
  await buildMcpSdk();
} catch (error) {
  // The sources run without this, too; what is packed does not.
  process.stderr.write(`The loop was not built and will start from its sources: ${error}\n`);
  if (isPacking) process.exitCode = 1;
}

/** The library of the Model Context Protocol with all that it needs, as one file that is loaded by its path. */
async function buildMcpSdk() {
  const { build } = await import('esbuild');
  await build({
    absWorkingDir: PACKAGE,
    entryPoints: ['src/console/mcp/sdk.ts'],
    outdir: FOLDER,
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'node',
    target: 'node22',
    legalComments: 'inline',
    logLevel: 'warning',
  });
}
