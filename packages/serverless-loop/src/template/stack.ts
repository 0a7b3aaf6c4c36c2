import { withLoopAddresses } from './api-addresses.ts';
import type { Kinds } from './kinds.ts';
import type { OutputModel, Stack } from './model.ts';
import type { FileOf } from './reports.ts';
import { noModels } from './stack-models.ts';
import { Targets } from './targets.ts';
import type { World } from './world.ts';

/** The typed model of every resource that the loop emulates; what points at others is read after them. */
export function readStack(
  world: World,
  kinds: Kinds,
  outputs: OutputModel[],
  fileOf: FileOf,
): Omit<Stack, 'id' | 'source' | 'includedFiles' | 'parameters' | 'nested' | 'states'> {
  const reading = { world, models: noModels(), targets: new Targets(world) };
  for (const kind of kinds.inReadingOrder) kind.read?.(reading);
  return {
    name: world.scope.stackName,
    place: world.scope.place,
    ...reading.models,
    attachments: world.attachments,
    outputs: withLoopAddresses(reading.models, outputs, world.scope.endpoint),
    resources: world.reports.list(world.index.all, world.scope, fileOf),
    notes: world.problems.notes(),
  };
}
