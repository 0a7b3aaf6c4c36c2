/**
 * The bench of the loop, for the repository alone: its figures, and what others are made of. A packed package has none of it.
 */

export { loadStack } from '../src/services/load.ts';
export type { FunctionModel } from '../src/template/model.ts';
export { benchCommand } from './bench-command.ts';
export { BenchError } from './bench-error.ts';
export { type Figure, type FigureOptions, type Result, scaled } from './figure.ts';
export { console } from './figures/console.ts';
export { growth } from './figures/growth.ts';
export { http } from './figures/http.ts';
export { latency } from './figures/latency.ts';
export { memory } from './figures/memory.ts';
export { reload } from './figures/reload.ts';
export { rules } from './figures/rules.ts';
export { scale } from './figures/scale.ts';
export { sources } from './figures/sources.ts';
export { start } from './figures/start.ts';
export { tables } from './figures/tables.ts';
export { throughput } from './figures/throughput.ts';
export { median } from './statistics.ts';
export { buildBundle } from './subjects/bundle-build.ts';
export { ROOT, temporaryFolder } from './subjects/project.ts';
