import { structure } from '../../../src/aws/members.ts';
import type { Operation } from '../../../src/aws/service.ts';
import { differences, leftOut, type ModelOperation } from './sdk-model.ts';

export interface DescribedService {
  operations: Readonly<Record<string, Pick<Operation<never>, 'input' | 'output' | 'route' | 'status'>>>;
}

type Model = ReadonlyMap<string, ModelOperation>;

const NOTHING = structure({});

/** The departures of a table of operations from its API's model: kinds, names, places, routes. */
export function departures({ operations }: DescribedService, model: Model): string[] {
  return Object.entries(operations).flatMap(([name, { input, output, route, status }]) => {
    const operation = model.get(name);
    if (!operation) return [`${name} is not in the model`];
    const [method, path, success] = operation.http;
    const isRouted = route === undefined || (route === `${method} ${path}` && (status ?? 200) === success);
    return [
      ...differences(input, operation.input, name),
      ...differences(output ?? NOTHING, operation.output, `${name}'s answer`),
      ...((output === undefined) === (operation.output === 'unit') ? [] : [`${name} answers: ${!output}`]),
      ...(isRouted ? [] : [`${name} is at ${method} ${path} with ${success}`]),
    ];
  });
}

/** The members of the model's inputs that a table doesn't have, in the order of their names. */
export function notRead({ operations }: DescribedService, model: Model): string[] {
  return Object.entries(operations)
    .flatMap(([name, { input }]) => leftOut(input, model.get(name)?.input, name))
    .sort();
}
