/** Parts of the loop that an application's tests hold what they have beside: its template, its bundles, its lines. */
export { factLine } from '../src/cli/terminal/fact-line.ts';
export { nothingTold } from '../src/cli/terminal/told.ts';
export { FolderError, ofFolder } from '../src/folder-error.ts';
export { inspectionOf } from '../src/loop/inspection.ts';
export { esbuildOptions } from '../src/services/lambda/code/build-properties.ts';
export { type Bundle, bundler } from '../src/services/lambda/code/bundler.ts';
export { loadStack } from '../src/services/load.ts';
export type { Stack } from '../src/template/model.ts';
export { typesInLoop } from './sam-ids.ts';
export { typesBySam } from './tools/sam-translation.ts';
