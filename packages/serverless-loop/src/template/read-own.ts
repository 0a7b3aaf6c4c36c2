import type { OwnModel } from './model.ts';
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
