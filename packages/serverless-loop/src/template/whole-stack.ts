import { dirname, relative } from 'node:path';
import { withLoopAddresses } from './api-addresses.ts';
import { type Declared, everyStack, type StackTree } from './declared.ts';
import type { ResourceState } from './deployment.ts';
import type { Kinds } from './kinds.ts';
import type { NestedStackModel, OutputModel, Stack } from './model.ts';
import { readOutputs } from './outputs.ts';
import type { FileOf } from './reports.ts';
import type { Resource } from './resource.ts';
import { ResourceIndex } from './resource-index.ts';
import { resourceStates } from './resource-states.ts';
import { noModels } from './stack-models.ts';
import { Targets } from './targets.ts';
import { parameterModels } from './values/parameters.ts';
import { World } from './world.ts';

/** The model of a tree of stacks, read as one: the account in which they are is one, too. */
export function modelOf(tree: StackTree): Stack {
  const { options, files } = tree;
  const [root, ...nested] = everyStack(tree);
  if (!root) throw new Error('a tree of stacks has one stack at least');
  const { scope, template, problems, source } = root;
  const { description } = template;
  const index = new ResourceIndex(inOrder(root));
  const world = new World(index, scope, problems, options.deployment);
  const folder = dirname(scope.file);
  const fileOf = (resource: Resource) => {
    const { file, path } = scope.of(resource);
    return path === undefined || options.deployment ? undefined : relative(folder, file);
  };
  const read = readModels(world, options.kinds, readOutputs(root.outputs, scope, problems), fileOf);
  return {
    id: root.id,
    ...(description !== undefined && { description }),
    source,
    includedFiles: [...new Set([...files, ...world.files])],
    parameters: parameterModels(template.parameters, root.parameters),
    nested: nested.map(nestedModel),
    states: statesOf(tree),
    ...read,
  };
}

/** The typed model of every resource that the loop emulates; what points at others is read after them. */
function readModels(
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

function statesOf(tree: StackTree): Stack['states'] {
  let states: readonly ResourceState[] | undefined;
  return () => {
    states ??= resourceStates(tree);
    return states;
  };
}

/** Every resource, and after a nested stack those that it is made of. */
function inOrder({ index, nested }: Declared): Resource[] {
  return index.all.flatMap((resource) => {
    const stack = nested.of(resource);
    return stack ? [resource, ...inOrder(stack)] : [resource];
  });
}

function nestedModel(stack: Declared): NestedStackModel {
  const { scope, template, source, problems } = stack;
  const { description } = template;
  return {
    path: scope.path ?? '',
    id: stack.id,
    name: scope.stackName,
    ...(description !== undefined && { description }),
    source,
    parameters: parameterModels(template.parameters, stack.parameters),
    outputs: readOutputs(stack.outputs, scope, problems),
  };
}
