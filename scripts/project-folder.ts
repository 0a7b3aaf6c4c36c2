import path from 'node:path';
import process from 'node:process';

/** The folder of the project. scripts/launch.mjs leaves the command's source in `process.argv`, also where its build runs. */
export const PROJECT_FOLDER = path.resolve(process.argv[1] ?? '', '../..');
