import { dirname, relative } from 'node:path';
import { type Declared, everyStack, type StackTree } from './declared.ts';
import type { ResourceState } from './deployment.ts';
import type { NestedStackModel, Stack } from './model.ts';
import { readOutputs } from './outputs.ts';
import type { Resource } from './resource.ts';
import { ResourceIndex } from './resource-index.ts';
import { resourceStates } from './resource-states.ts';
import { readStack } from './stack.ts';
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
  const read = readStack(world, options.kinds, readOutputs(root.outputs, scope, problems), fileOf);
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
