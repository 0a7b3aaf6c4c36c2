import path from 'node:path';

/** The folder of this package: above that of its sources, and above that of its build. */
export const PACKAGE_FOLDER = path.resolve(import.meta.dirname, '..');

const isBuilt = import.meta.filename.endsWith('.js');

/** The file of a module that is loaded by its path, by where it lies in src: build.mjs names each of them. */
export function moduleFile(source: string): string {
  return isBuilt
    ? path.join(PACKAGE_FOLDER, 'dist', path.basename(source).replace(/ts$/, 'js'))
    : path.join(PACKAGE_FOLDER, 'src', source);
}
