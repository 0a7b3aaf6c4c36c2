import { createTally, type Tally } from '../../tally.ts';
import { Activities } from './activities/activities.ts';
import { Executions } from './executions/executions.ts';
import { StateMachines } from './machines/state-machines.ts';
import type { StepFunctionsOptions } from './options.ts';
import { TaskTokens } from './tasks/task-tokens.ts';

/** All that Step Functions keeps. */
export interface StepFunctionsStores {
  machines: StateMachines;
  executions: Executions;
  activities: Activities;
  tokens: TaskTokens;
  /** Counts what is under way and doesn't wait for a clock. */
  working: Tally;
  /** Counts what waits for one. */
  waiting: Tally;
  /** Ends a machine, and its executions at once, where AWS ends each at its next state (API reference, "DeleteStateMachine"). */
  removeMachine(arn: string): void;
}

export function createStores({ clock, wallClock }: StepFunctionsOptions): StepFunctionsStores {
  const machines = new StateMachines(wallClock.now);
  const executions = new Executions();
  return {
    machines,
    executions,
    activities: new Activities(wallClock.now),
    tokens: new TaskTokens(clock),
    working: createTally(),
    waiting: createTally(),
    removeMachine(arn) {
      machines.remove(arn);
      for (const { execution, model } of executions.list()) if (model.arn === arn) execution.stop();
    },
  };
}
