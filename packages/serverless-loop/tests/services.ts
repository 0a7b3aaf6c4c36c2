/** Single services of the loop that an application's tests run or ask: its DynamoDB, its bundles, its traces. */
export { onEveryStore } from './integration/dynamodb/contract/stores.ts';
export { clientFor, createTable, type Item, type Subject } from './integration/dynamodb/contract/subject.ts';
export { runEmbedded } from './integration/dynamodb/running-dynamodb.ts';
export { ownBuildOf } from './integration/lambda/own-build.ts';
export { type ReceivedSpan, startCollector } from './integration/otlp/collector.ts';
export { has, type SegmentDocument, treeOf, xrayClient } from './integration/xray/xray-client.ts';
