import type { Place } from '../aws/arn.ts';
import type { Stack, StackModels } from './model.ts';
import { steadyStackId } from './values/pseudo-parameters.ts';

/** A stack of nothing, for a loop that is started with none. */
export function emptyStack(place: Place, stackName: string): Stack {
  return {
    id: steadyStackId(place, stackName),
    name: stackName,
    source: '',
    parameters: [],
    place,
    ...noModels(),
    outputs: [],
    resources: [],
  };
}

/** Where the kinds put what they read. */
export function noModels(): StackModels {
  return {
    roles: [],
    functions: [],
    tables: [],
    buses: [],
    rules: [],
    queues: [],
    buckets: [],
    logGroups: [],
    alarms: [],
    dashboards: [],
    topics: [],
    attachments: [],
    others: [],
  };
}
