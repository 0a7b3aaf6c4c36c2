/** Parts of the loop that an application's tests hold what they have beside: its template, its bundles, its lines, its store. */

export { factLine } from '../src/cli/terminal/fact-line.ts';
export { nothingTold } from '../src/cli/terminal/told.ts';
export { FolderError, ofFolder } from '../src/folder-error.ts';
export { inspectionOf } from '../src/loop/inspection.ts';
export { esbuildOptions } from '../src/services/lambda/code/build-properties.ts';
export { type Bundle, bundler } from '../src/services/lambda/code/bundler.ts';
export { loadStack } from '../src/services/load.ts';
export type { Stack } from '../src/template/model.ts';
export { onEveryStore } from './integration/dynamodb/contract/stores.ts';
export { clientFor, createTable, type Item, type Subject } from './integration/dynamodb/contract/subject.ts';
export { runEmbedded } from './integration/dynamodb/running-dynamodb.ts';
export { ownBuildOf } from './integration/lambda/own-build.ts';
export { type ReceivedSpan, startCollector } from './integration/otlp/collector.ts';
export { has, type SegmentDocument, treeOf, xrayClient } from './integration/xray/xray-client.ts';
