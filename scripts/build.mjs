// Joins the files of each command into few, which load faster than the sources. `npm ci` runs this at its end; what runs a
// command, scripts/launch.mjs, takes what is built for as long as no source has changed since, and the sources otherwise.
// Plain JavaScript, because an older Node may run it.

import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const COMMANDS = ['demo', 'order', 'redrive', 'republish', 'erase'];

try {
  const { buildCommands } = await import('serverless-loop/launch');
  await buildCommands({
    root: ROOT,
    folder: path.join(ROOT, 'build'),
    entryPoints: COMMANDS.map((name) => `scripts/${name}.ts`),
  });
} catch (error) {
  // The sources run without this, too.
  process.stderr.write(`The commands were not built and will start from their sources: ${error}\n`);
}
