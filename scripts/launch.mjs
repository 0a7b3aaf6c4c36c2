// Runs a command of the project: node scripts/launch.mjs scripts/COMMAND.ts [ARGUMENT ...]
// Plain JavaScript, so that any Node can read it and say what is missing.

import { existsSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const OWN_NODE = path.join('node_modules', '.bin', 'node');

const [file] = process.argv.splice(2, 1);
if (!file) {
  process.stderr.write('usage: node scripts/launch.mjs FILE.ts [ARGUMENT ...]\n');
  process.exit(2);
}
if (!existsSync(path.join(ROOT, 'node_modules', 'serverless-loop'))) {
  process.stderr.write('The packages of this project are not there. Install them first:  npm ci\n');
  process.exit(1);
}
const { launch } = await import('serverless-loop/launch');
await launch({ source: path.resolve(file), build: path.join(ROOT, 'build'), whenNodeIsOld });

function whenNodeIsOld() {
  if (existsSync(path.join(ROOT, OWN_NODE)))
    return [
      `The project has its own at ${OWN_NODE}, which npm finds: start this by npm (npm start, npm run ...),`,
      `or by ${OWN_NODE} in the place of node.`,
    ];
  return [
    'The project brings its own Node 24, which is not there: either',
    '  - install it:  npm run prepare      (npm ci does, but not with --ignore-scripts)',
    '  - or put a Node of 22.18 or newer first on the PATH.',
  ];
}
