import { createRequire } from 'node:module';
import path from 'node:path';

/** The folder of this package: where it lies doesn't depend on what the commands are built into. */
export const PACKAGE_FOLDER = path.dirname(
  createRequire(import.meta.url).resolve('serverless-loop/package.json'),
);
