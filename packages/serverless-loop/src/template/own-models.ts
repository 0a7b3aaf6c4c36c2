import type { OtherModel, OwnModel, StackModels } from './model.ts';
import type { Resource } from './resource.ts';
import type { Reading } from './resource-kind.ts';
import type { World } from './world.ts';

/** Reads each resource of a type whose models one service alone asks for, by `ownModels`. */
export function readOwn<Model extends OwnModel>(
  { world, models }: Pick<Reading, 'world' | 'models'>,
  type: string,
  read: (resource: Resource, world: World) => Model | undefined,
): void {
  models.others.push(...world.each(type, read).map((model) => ({ type, model })));
}

/** Finds in a stack the models of types that one service alone reads and asks for. */
export function ownModels<Model extends OwnModel>(
  ...types: readonly string[]
): (stack: Pick<StackModels, 'others'>) => Model[] {
  // Only that service's readers make models of these types.
  const isOne = (other: OtherModel): other is OtherModel<Model> => types.includes(other.type);
  return ({ others }) => others.filter(isOne).map(({ model }) => model);
}
