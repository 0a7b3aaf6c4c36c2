// Plain JavaScript, so that any Node can read it: it says what is missing before the first TypeScript file is loaded,
// and it turns the compile cache on early enough to hold the stripped TypeScript too.
//
//   node local/launch.mjs FILE.ts [ARGUMENT ...]

import { readFileSync, statSync } from 'node:fs';
import module from 'node:module';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const NEEDED = [22, 18];

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
const [file] = process.argv.splice(2, 1);

if (major < NEEDED[0] || (major === NEEDED[0] && minor < NEEDED[1])) {
  process.stderr.write(
    [
      `This needs Node ${NEEDED.join('.')} or newer, found ${process.versions.node} at ${process.execPath}.`,
      '',
      'The project brings its own Node 24 as the npm package "node", whose install script did not run. Either',
      '  - let it run:  npm rebuild node      (npm 11 and newer ask for the allowScripts entry in package.json, which is there)',
      `  - or put a Node of ${NEEDED.join('.')} or newer first on the PATH.`,
      '',
    ].join('\n'),
  );
  process.exit(1);
}
if (!file) {
  process.stderr.write('usage: node local/launch.mjs FILE.ts [ARGUMENT ...]\n');
  process.exit(2);
}

module.enableCompileCache?.();
process.argv[1] = path.resolve(file);
await import(pathToFileURL(built(process.argv[1]) ?? process.argv[1]).href);

/** What scripts/build.mjs has built of a command, as long as every source of it is still the same. */
function built(command) {
  const root = fileURLToPath(new URL('..', import.meta.url));
  try {
    const { commands, inputs } = JSON.parse(readFileSync(path.join(root, 'build/manifest.json'), 'utf8'));
    const isFresh = Object.entries(inputs).every(([file, known]) => {
      const { mtimeMs, size } = statSync(path.join(root, file));
      return mtimeMs === known.mtimeMs && size === known.size;
    });
    const output = commands[path.relative(root, command)];
    return isFresh && output ? path.join(root, output) : undefined;
  } catch {
    return undefined;
  }
}
