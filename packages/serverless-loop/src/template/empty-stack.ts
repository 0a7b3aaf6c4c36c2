import type { Place } from '../aws/arn.ts';
import type { Stack } from './model.ts';
import { noModels } from './stack-models.ts';
import { steadyStackId } from './values/pseudo-parameters.ts';

/** A stack of nothing, for a loop that is started with none. */
export function emptyStack(place: Place, stackName: string): Stack {
  return {
    id: steadyStackId(place, stackName),
    name: stackName,
    source: '',
    includedFiles: [],
    nested: [],
    parameters: [],
    place,
    ...noModels(),
    outputs: [],
    resources: [],
    states: () => [],
    notes: [],
  };
}
