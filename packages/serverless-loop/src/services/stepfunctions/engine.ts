import { AwsError } from '../../aws/errors.ts';
import type { JsonService } from '../../aws/operation.ts';
import { jsonService } from '../../aws/service.ts';
import { countedOperations } from './executions/counted.ts';
import { executionObservers } from './executions/observers.ts';
import { createRunner } from './executions/runner.ts';
import { createStarter, type Starter } from './executions/starter.ts';
import type { OperationCall } from './integrations/call-service.ts';
import { childEnd } from './integrations/child-end.ts';
import { integrations } from './integrations/integrations.ts';
import { objectPort } from './integrations/objects.ts';
import { refuseLogging } from './machines/refuse-logging.ts';
import { refuseDefinition } from './machines/refuse-machine.ts';
import type { StateMachineModel } from './machines/state-machine.ts';
import type { StepFunctionsOptions } from './options.ts';
import { STEP_FUNCTIONS } from './service.ts';
import type { StepFunctionsStores } from './stores.ts';
import { taskCaller } from './tasks/call-task.ts';

/** All of Step Functions that is loaded with the first call or execution. */
export interface Engine {
  service: JsonService;
  starter: Starter;
  /** Throws the AwsError of Step Functions for a machine that it doesn't take. */
  refuseInvalid(model: StateMachineModel): void;
  /** Ends all executions without a word. */
  drop(): void;
}

export function startEngine(options: StepFunctionsOptions, stores: StepFunctionsStores): Engine {
  const { place, clock, wallClock, report, random = Math.random, trusts } = options;
  const { machines, executions, activities, mapRuns, tokens, working, waiting } = stores;
  const observers = executionObservers(options);
  const calls = {
    operations: countedOperations(options.operations, working),
    roleArnOf,
    executionArnOf,
    traceHeaderOf: (call: OperationCall) => observers.traceHeaderOf(executionArnOf(call)),
  };
  const callTask = taskCaller({
    clock,
    tokens,
    region: place.region,
    offerActivity: (arn, task) => activities.offer(arn, task),
    ...integrations({
      ...calls,
      region: place.region,
      callByConnection: options.callByConnection,
      authorizeRole: options.authorizeRole,
      childEnd: (arn, call, resultIsJson) => childEnd(executions.get(arn), call, resultIsJson),
    }),
  });
  const runner = createRunner({
    place,
    clock,
    wallClock,
    report,
    random,
    callTask,
    objects: objectPort(calls),
    working,
    waiting,
    addMapRun: (run) => mapRuns.add(run),
    onChild(execution, { context, mapRunArn, input }) {
      const parent = executions.find(String(Object(context.Execution).Id));
      if (parent) executions.add({ ...parent, execution, mapRunArn, inputText: JSON.stringify(input) });
    },
  });
  const starter = createStarter({
    place,
    machines,
    executions,
    runner,
    random,
    observe: observers.observe,
  });

  function refuseInvalid(model: StateMachineModel): void {
    refuseDefinition(model);
    if (!trusts(model.roleArn, model.arn)) throw notTrusted();
    refuseLogging(model, options);
  }

  return {
    service: jsonService(STEP_FUNCTIONS, {
      place,
      clock,
      now: wallClock.now,
      machines,
      executions,
      starter,
      activities,
      mapRuns,
      tokens,
      testState: runner.test,
      refuseInvalid,
      removeMachine: stores.removeMachine,
    }),
    starter,
    refuseInvalid,
    drop: runner.drop,
  };
}

/** The words in which AWS refuses a role (lumigo-io/lumigo-CLI, issue 83, quotes them). */
function notTrusted(): AwsError {
  return new AwsError(
    'AccessDeniedException',
    'Neither the global service principal states.amazonaws.com, nor the regional one is authorized to assume the provided role.',
  );
}

function executionArnOf({ context }: OperationCall): string {
  return String(Object(context.Execution).Id);
}

/** Of the task's own credentials, where it has some (Step Functions guide, "Accessing resources in other AWS accounts"). */
function roleArnOf({ context, credentials }: OperationCall): string {
  const { RoleArn } = credentials ?? {};
  return typeof RoleArn === 'string' ? RoleArn : String(Object(context.Execution).RoleArn);
}
