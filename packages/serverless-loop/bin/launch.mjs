// Plain JavaScript, so that any Node can read it: it says what is missing before the first TypeScript file is loaded,
// and it turns the compile cache on early enough to hold the stripped TypeScript too.
//
//   node packages/serverless-loop/bin/launch.mjs FILE.ts [ARGUMENT ...]

import { existsSync, readFileSync, statSync } from 'node:fs';
import module from 'node:module';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { privateFolder, userCacheFolder } from './private-folder.mjs';

const NEEDED = [22, 18];
const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const OWN_NODE = path.join('node_modules', '.bin', 'node');

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
const [file] = process.argv.splice(2, 1);

if (major < NEEDED[0] || (major === NEEDED[0] && minor < NEEDED[1])) {
  process.stderr.write(
    [
      `This needs Node ${NEEDED.join('.')} or newer, found ${process.versions.node} at ${process.execPath}.`,
      '',
      ...(existsSync(path.join(ROOT, OWN_NODE))
        ? [
            `The project has its own at ${OWN_NODE}, which npm finds: start this by npm (npm start, npm run ...),`,
            `or by ${OWN_NODE} in the place of node.`,
          ]
        : [
            'The project brings its own Node 24, which is not there: either',
            '  - install it:  npm run prepare      (npm ci does, but not with --ignore-scripts)',
            `  - or put a Node of ${NEEDED.join('.')} or newer first on the PATH.`,
          ]),
      '',
    ].join('\n'),
  );
  process.exit(1);
}
if (!file) {
  process.stderr.write('usage: node packages/serverless-loop/bin/launch.mjs FILE.ts [ARGUMENT ...]\n');
  process.exit(2);
}

enableCompileCache();
process.argv[1] = path.resolve(file);
await import(pathToFileURL(built(process.argv[1]) ?? process.argv[1]).href);

/**
 * The bytecode is executed as it stands in the folder, so it must be one that only the user can write; without such a
 * one there is no cache. Node itself has it in the temporary folder, where any user can be the first to make it.
 */
function enableCompileCache() {
  try {
    module.enableCompileCache?.(privateFolder(path.join(userCacheFolder(process.env), 'commands')));
  } catch {
    // Slower, and nothing else.
  }
}

/** What scripts/build.mjs has built of a command, as long as every source of it is still the same. */
function built(command) {
  try {
    const { commands, inputs } = JSON.parse(readFileSync(path.join(ROOT, 'build/manifest.json'), 'utf8'));
    const isFresh = Object.entries(inputs).every(([file, known]) => {
      const { mtimeMs, size } = statSync(path.join(ROOT, file));
      return mtimeMs === known.mtimeMs && size === known.size;
    });
    const output = commands[path.relative(ROOT, command)];
    return isFresh && output ? path.join(ROOT, output) : undefined;
  } catch {
    return undefined;
  }
}
