import { accountPlace, type Place } from './place.ts';
import type { Step } from './step.ts';
import { build, dependencies, types, unitTests } from './steps/builds.ts';
import { template } from './steps/template.ts';
import { tools } from './steps/tools.ts';

/** Steps before anything is asked of an account. */
export function judged(region: string): Step[] {
  return [tools(), template(accountPlace(region))];
}

/** Steps that build before anything is deployed. */
export function built({ place, folder }: { place: Place; folder: string }): Step[] {
  return [dependencies(), types(), unitTests(), build({ place, folder })];
}
