import type { Place } from '../../../aws/arn.ts';
import { type Page, pageOf } from '../../../aws/page.ts';
import { operationsOf } from '../../../aws/service.ts';
import type { Clock } from '../../../clock.ts';
import type { Activities } from '../activities/activities.ts';
import { invalidToken } from '../errors.ts';
import type { Executions } from '../executions/executions.ts';
import type { MapRuns } from '../executions/map-runs.ts';
import type { Starter } from '../executions/starter.ts';
import type { TestedState, TestResult } from '../interpreter/test-state.ts';
import type { StateMachineModel } from '../machines/state-machine.ts';
import type { StateMachines } from '../machines/state-machines.ts';
import type { TaskTokens } from '../tasks/task-tokens.ts';

/** The context of Step Functions' operations. */
export interface StepFunctionsContext {
  place: Place;
  /** Of long polls. */
  clock: Pick<Clock, 'after'>;
  now(): number;
  machines: StateMachines;
  executions: Executions;
  starter: Starter;
  activities: Activities;
  mapRuns: MapRuns;
  tokens: TaskTokens;
  /** Goes through one state. */
  testState(tested: TestedState, signal: AbortSignal): Promise<TestResult>;
  /** Throws the AwsError of Step Functions for a machine that it doesn't take. */
  refuseInvalid(model: StateMachineModel): void;
  /** Ends a machine, and its executions. */
  removeMachine(arn: string): void;
}

export const operation = operationsOf<StepFunctionsContext>();

/** A page has so many items where nothing is said (API reference, "maxResults" of each list). */
const USUAL_PAGE = 100;

/** One page of a list, which is sorted by its key. Throws the AwsError InvalidToken for a token that is none. */
export function listed<Item>(
  list: string,
  items: readonly Item[],
  { maxResults = 0, nextToken: token }: { maxResults?: number; nextToken?: string },
  order: { keyOf?: (item: Item) => string; descending?: boolean },
): Page<Item> {
  const limit = maxResults === 0 ? USUAL_PAGE : maxResults;
  return pageOf(items, { list, limit, token, ...order, refusal: invalidToken });
}
