import path from 'node:path';
import { loadDeployment } from '../services/load.ts';
import type { ResourceState } from '../template/deployment.ts';
import type { Stack } from '../template/model.ts';
import type { LoopOptions } from './loop-options.ts';

/** Properties of the resources of a stack that runs from source, as people are told them. Read from the template when first asked for. */
export function propertiesReader(options: LoopOptions, endpoint: string, live: () => Stack) {
  const read = new WeakMap<Stack, ReadonlyMap<string, ResourceState>>();

  function statesOf(stack: Stack): ReadonlyMap<string, ResourceState> {
    const known = read.get(stack);
    if (known) return known;
    const states = new Map(resourcesOf(stack).map((resource) => [resource.logicalId, resource] as const));
    read.set(stack, states);
    return states;
  }

  function resourcesOf({ source, name, place }: Stack): ResourceState[] {
    if (options.isEmpty) return [];
    const { templatePath, parameterOverrides, configuredParameters = {}, given } = options;
    const { resources } = loadDeployment({
      path: path.resolve(templatePath),
      source,
      stackName: name,
      place,
      endpoint,
      parameterOverrides,
      configuredParameters,
      ...(given && { given }),
    });
    return [...resources];
  }

  return (logicalId: string): Record<string, unknown> | undefined => statesOf(live()).get(logicalId)?.shown();
}
