import type { KindDescription } from './kind-description.ts';
import type { StackModels } from './model.ts';
import type { Targets } from './targets.ts';
import type { World } from './world.ts';

/** Reading of a template's resources as the models that services run. */
export interface Reading {
  world: World;
  /** Holds what is read already; a kind adds its own. */
  models: StackModels;
  targets: Targets;
}

/** All that the loop knows of one type of resource, with how it is read. */
export interface ResourceKind extends KindDescription {
  /** Types that are read before this one, because it refers to their models. */
  after?: readonly string[];
  /** Reads every resource of the type; what reports nothing here is not emulated, or read with another type. */
  read?(reading: Reading): unknown;
}
