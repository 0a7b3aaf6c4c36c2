// Joins the console's page into few files that a browser loads. Plain JavaScript, because the build of the package runs it
// with any Node.

import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';

const DOCUMENT = 'index.html';
/** Served as they are. */
const AS_THEY_ARE = ['icon.svg'];
const MANIFEST = 'manifest.json';

/**
 * Builds the page of the package at `root` into its folder dist/console. Rejects with esbuild's error.
 *
 * @param {string} root
 */
export async function buildPage(root) {
  const source = path.join(root, 'console');
  const folder = pageFolder(root);
  mkdirSync(folder, { recursive: true });
  const { build } = await import('esbuild');
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: { page: 'console/main.tsx' },
    outdir: folder,
    // A browser keeps a file of such a name for ever.
    entryNames: '[name]-[hash]',
    chunkNames: '[name]-[hash]',
    bundle: true,
    splitting: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: ['chrome123', 'firefox128', 'safari17.5'],
    jsx: 'automatic',
    jsxImportSource: 'preact',
    legalComments: 'none',
    metafile: true,
    logLevel: 'warning',
  });
  const outputs = Object.keys(metafile.outputs).map((file) => path.basename(file));
  for (const name of AS_THEY_ARE) copyFileSync(path.join(source, name), path.join(folder, name));
  writeFileSync(
    path.join(folder, DOCUMENT),
    documentWith(outputs, readFileSync(path.join(source, DOCUMENT), 'utf8')),
  );
  const kept = [...outputs, ...AS_THEY_ARE, DOCUMENT];
  for (const file of readdirSync(folder)) if (!kept.includes(file)) rmSync(path.join(folder, file));
  const beside = [...AS_THEY_ARE, DOCUMENT].map((name) => path.join(source, name));
  const inputs = [...Object.keys(metafile.inputs).map((file) => path.resolve(root, file)), ...beside];
  const marks = inputs.map((file) => [path.relative(folder, file), markOf(file)]);
  writeFileSync(path.join(folder, MANIFEST), JSON.stringify(Object.fromEntries(marks)));
}

/** True as long as no source of the page has changed since it was built; a packed package has no sources that could. */
export function isPageBuilt(/** @type {string} */ root) {
  const folder = pageFolder(root);
  try {
    const marks = JSON.parse(readFileSync(path.join(folder, MANIFEST), 'utf8'));
    if (!existsSync(path.join(root, 'console'))) return true;
    return Object.entries(marks).every(([file, mark]) => markOf(path.resolve(folder, file)) === mark);
  } catch {
    return false;
  }
}

/** The folder of the page's build. */
export function pageFolder(/** @type {string} */ root) {
  return path.join(root, 'dist', 'console');
}

/** The document names the page's files by the names that they have there without a hash. */
function documentWith(outputs, text) {
  return text.replace(/\.\/page\.(js|css)/g, (_, end) => {
    const file = outputs.find((name) => name.startsWith('page-') && name.endsWith(`.${end}`));
    return `./${file}`;
  });
}

function markOf(file) {
  const { mtimeMs, size } = statSync(file);
  return `${mtimeMs} ${size}`;
}
