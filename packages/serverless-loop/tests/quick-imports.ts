import { enableCompileCache, flushCompileCache, registerHooks } from 'node:module';
import path from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const SOURCES = pathToFileURL(`${ROOT}/`).href;
const PACKAGES = `${SOURCES}node_modules/`;

/*
 * A worker of vitest imports thousands of modules. Vitest tells its main process of each import, for the sake of a watch, and
 * gives each file of tests a new address whenever it is imported. A run that imports each once needs neither: its modules are
 * found where they say, and what Node has made of them is kept for the next worker and the next run.
 */
if (process.env.VITEST_MODE === 'RUN') {
  enableCompileCache(path.join(ROOT, 'node_modules/.cache/tests'));
  registerHooks({
    resolve(specifier, context, nextResolve) {
      const { parentURL = '' } = context;
      if (
        /^\.\.?\/.*\.ts$/.test(specifier) &&
        parentURL.startsWith(SOURCES) &&
        !parentURL.startsWith(PACKAGES)
      )
        return { url: new URL(specifier, parentURL).href, format: 'module-typescript', shortCircuit: true };
      const found = nextResolve(specifier, context);
      return { ...found, url: found.url.replace(/\?vitest=\d+$/, '') };
    },
  });
}

/** Keeps what has been imported so far. A worker is killed when it has nothing more to do. */
export function keepImports(): void {
  flushCompileCache();
}
