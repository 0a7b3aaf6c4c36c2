import type { Place } from '../../aws/arn.ts';
import { operationsOf } from '../../aws/service.ts';
import { parameterArn, parseReference } from './parameter.ts';
import type { ParameterStore } from './parameter-store.ts';

/** The context of Parameter Store's operations. */
export interface SsmContext {
  place: Place;
  /** The store as it is: a reset replaces it. */
  store(): ParameterStore;
}

export const operation = operationsOf<SsmContext>();

/** The resource that a right on a parameter is about, whatever way it is named. */
export function resourceOf(reference: string, place: Place): string {
  return parameterArn(place, parseReference(reference).name);
}
