import { randomUUID } from 'node:crypto';
import { formatArn, type Place } from '../../../aws/arn.ts';
import type { Clock } from '../../../clock.ts';
import type { Report } from '../../../facts.ts';
import type { Tally } from '../../../tally.ts';
import type { HistoryEvent } from '../history/history.ts';
import { startExecution } from '../interpreter/execution.ts';
import type { Execution, ExecutionNames } from '../interpreter/execution-port.ts';
import type { MapRun } from '../interpreter/map-run.ts';
import type { ObjectPort } from '../interpreter/object-port.ts';
import type { CallTask, ChildExecution, Tools } from '../interpreter/step.ts';
import { type TestedState, type TestResult, testState } from '../interpreter/test-state.ts';
import { jsonataEvaluator } from '../jsonata/evaluate.ts';
import { type Machine, parseMachine } from '../language/machine.ts';
import type { Startable } from '../machines/startable.ts';
import type { StateMachineModel } from '../machines/state-machine.ts';
import { newTaskToken } from '../tasks/task-tokens.ts';
import { countedClock, countedEvaluation } from './counted.ts';
import { executionArn } from './execution-arn.ts';
import { factTeller } from './execution-facts.ts';

/** The longest that an Express execution runs (Step Functions guide, "Choosing workflow type"). */
const MAX_EXPRESS_SECONDS = 300;

export interface RunnerOptions {
  place: Place;
  /** Of retries, waits and time-outs. */
  clock: Clock;
  /** Of the day: it dates events, and Wait states wait for its times. */
  wallClock: Clock;
  report: Report;
  /** From 0 up to 1. */
  random: () => number;
  callTask: CallTask;
  objects: ObjectPort;
  /** Told of the execution of an item of a Map. */
  onChild(execution: Execution, child: ChildExecution): void;
  addMapRun(run: MapRun): void;
  /** Counts what is under way and doesn't wait for a clock. */
  working: Tally;
  /** Counts what waits for one. */
  waiting: Tally;
}

/** An execution that is to be started. */
export interface Beginning {
  name: string;
  input: unknown;
  inputText: string;
  /** Told of each event of it. */
  onEvent?: (event: HistoryEvent, execution: { arn: string }) => void;
}

/** Runs executions. */
export interface Runner {
  start(startable: Startable, beginning: Beginning): Execution;
  /** Goes through one state. */
  test(tested: TestedState, signal: AbortSignal): Promise<TestResult>;
  /** Ends all that run without a word. */
  drop(): void;
}

export function createRunner(options: RunnerOptions): Runner {
  const { place, clock, wallClock, report, random, callTask, objects, working, waiting } = options;
  const chance = { random, uuid: randomUUID };
  const running = new Set<Execution>();
  const machines = new WeakMap<StateMachineModel, Machine>();
  const shared: Tools = {
    clock: { now: wallClock.now, after: clock.after },
    pauses: countedClock(clock, waiting),
    day: countedClock(wallClock, waiting),
    chance,
    evaluateJsonata: countedEvaluation(jsonataEvaluator(chance), working),
    callTask,
    objects,
    newToken: newTaskToken,
    addMapRun: options.addMapRun,
    startChild(child) {
      const execution = startExecution(child.machine, childNames(place, child), child.input, shared);
      keepWhileRunning(execution);
      options.onChild(execution, child);
      return execution;
    },
  };

  function keepWhileRunning(execution: Execution): void {
    running.add(execution);
    void execution.ended.then(() => running.delete(execution));
  }

  function machineOf(model: StateMachineModel): Machine {
    const known = machines.get(model);
    if (known) return known;
    const machine = withinLimits(parseMachine(model.definition), model);
    machines.set(model, machine);
    return machine;
  }

  return {
    start({ model, versionArn, aliasArn }, { name, input, inputText, onEvent }) {
      const names = {
        arn: arnOf(place, model, name),
        name,
        roleArn: model.roleArn,
        machineArn: model.arn,
        machineName: model.name,
      };
      const facts = factTeller(model, names, wallClock.now(), report);
      const execution = startExecution(
        machineOf(model),
        names,
        input,
        { ...shared, onRetry: facts.onRetry },
        {
          inputText,
          startedAs: {
            ...(versionArn !== undefined && { stateMachineVersionArn: versionArn }),
            ...(aliasArn !== undefined && { stateMachineAliasArn: aliasArn }),
          },
          onEvent(event) {
            facts.onEvent(event);
            onEvent?.(event, names);
          },
        },
      );
      keepWhileRunning(execution);
      return execution;
    },
    test: (tested, signal) => testState(tested, shared, signal),
    drop() {
      for (const execution of running) execution.abandon();
    },
  };
}

/** Its machine is the Map's with the label behind its name (LocalStack's record "test_list_map_runs_and_describe_map_run" of AWS). */
function childNames(place: Place, { context, label }: ChildExecution): ExecutionNames {
  const machine = Object(context.StateMachine);
  const machineName = `${machine.Name}/${label}`;
  const name = randomUUID();
  return {
    arn: executionArn(place, machineName, name),
    name,
    roleArn: String(Object(context.Execution).RoleArn),
    machineArn: `${machine.Id}/${label}`,
    machineName,
  };
}

/** Express executions have an id beside their name, which they don't alone have. */
function arnOf(place: Place, { name: machineName, type }: StateMachineModel, name: string): string {
  return type === 'EXPRESS'
    ? formatArn(place, 'states', `express:${machineName}:${name}:${randomUUID()}`)
    : executionArn(place, machineName, name);
}

function withinLimits(machine: Machine, { type }: StateMachineModel): Machine {
  if (type !== 'EXPRESS') return machine;
  const { timeoutSeconds = MAX_EXPRESS_SECONDS } = machine;
  return { ...machine, timeoutSeconds: Math.min(timeoutSeconds, MAX_EXPRESS_SECONDS) };
}
