import path from 'node:path';

/** The folder of this package: above that of its sources, and above that of its build. */
export const PACKAGE_FOLDER = path.resolve(import.meta.dirname, '..');
