import path from 'node:path';

/** The folder of the loop's own sources: beside this file, and beside the folder of the built commands. */
export const LOOP_FOLDER = path.resolve(import.meta.dirname, '../local');
