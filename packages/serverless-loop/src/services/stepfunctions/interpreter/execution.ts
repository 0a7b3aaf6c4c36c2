import type { JsonObject } from '../../../aws/json-object.ts';
import { unlessAborted } from '../../../unless-aborted.ts';
import { History, type HistoryEvent, held, Thread } from '../history/history.ts';
import type { Machine } from '../language/machine.ts';
import { runMachine } from './run-machine.ts';
import { Scope } from './scope.ts';
import { errorDetails, StateError } from './state-error.ts';
import type { Tools } from './step.ts';

export type ExecutionStatus = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';

/** Names of an execution, its machine and its role. */
export interface ExecutionNames {
  arn: string;
  name: string;
  roleArn: string;
  machineArn: string;
  machineName: string;
}

/** The state of an execution and, once it has ended, its end. */
export interface Outcome {
  status: ExecutionStatus;
  output?: unknown;
  error?: string;
  cause?: string;
  /** Epoch milliseconds. */
  stoppedMs?: number;
}

export interface Execution {
  names: ExecutionNames;
  input: unknown;
  /** Epoch milliseconds. */
  startedMs: number;
  history: History;
  outcome(): Outcome;
  /** Resolves when it has ended, however. */
  ended: Promise<void>;
  /** Ends it now, as StopExecution does. Does nothing to one that has ended. */
  stop(details?: { error?: string; cause?: string }): void;
  /** Ends it without a word, as the end of the loop does. */
  abandon(): void;
}

export interface ExecutionOptions {
  /** Told of each event once it is there. */
  onEvent?: (event: HistoryEvent) => void;
  /** The version or alias that was started, as the first event has it. */
  startedAs?: { stateMachineVersionArn?: string; stateMachineAliasArn?: string };
}

/** Starts a machine on an input. */
export function startExecution(
  machine: Machine,
  names: ExecutionNames,
  input: unknown,
  tools: Tools,
  { startedAs = {}, onEvent }: ExecutionOptions = {},
): Execution {
  const { clock } = tools;
  const startedMs = clock.now();
  const history = new History(() => clock.now(), onEvent);
  const thread = new Thread(history);
  const ending = new AbortController();
  let outcome: Outcome = { status: 'RUNNING' };

  /** An end from outside follows no event (LocalStack's record "test_stop_execution" of AWS). */
  function end(
    status: ExecutionStatus,
    type: string,
    value: JsonObject,
    more: Partial<Outcome>,
    previousId = 0,
  ): void {
    if (outcome.status !== 'RUNNING') return;
    outcome = { ...more, status, stoppedMs: clock.now() };
    history.add(previousId, type, { member: `${type[0]?.toLowerCase()}${type.slice(1)}EventDetails`, value });
    history.close();
    timeout?.cancel();
    ending.abort();
  }

  const { timeoutSeconds } = machine;
  const timeout =
    timeoutSeconds === undefined
      ? undefined
      : clock.after(timeoutSeconds * 1_000, () => end('TIMED_OUT', 'ExecutionTimedOut', {}, {}));

  async function run(): Promise<void> {
    thread.note('ExecutionStarted', {
      member: 'executionStartedEventDetails',
      value: { ...held('input', input), roleArn: names.roleArn, ...startedAs },
    });
    const beginning = {
      input,
      context: contextOf(names, input, startedMs),
      scope: new Scope(),
      thread,
      tools,
      signal: ending.signal,
    };
    try {
      const output = await unlessAborted(runMachine(machine, beginning), ending.signal);
      end('SUCCEEDED', 'ExecutionSucceeded', held('output', output), { output }, thread.lastId);
    } catch (error) {
      if (ending.signal.aborted) return;
      // Anything else is a fault of the interpreter, and ends the execution as one of Step Functions' own would.
      const failure = error instanceof StateError ? error : new StateError('States.Runtime', String(error));
      end('FAILED', 'ExecutionFailed', errorDetails(failure), errorDetails(failure), thread.lastId);
    }
  }

  return {
    names,
    input,
    startedMs,
    history,
    outcome: () => outcome,
    ended: run(),
    stop: (details = {}) => end('ABORTED', 'ExecutionAborted', { ...details }, details),
    abandon() {
      history.close();
      end('ABORTED', 'ExecutionAborted', {}, {});
    },
  };
}

/** The context object of an execution (LocalStack's record "test_input_path" of AWS, tests/aws/services/stepfunctions/v2/context_object/test_context_object.snapshot.json). */
function contextOf(names: ExecutionNames, input: unknown, startedMs: number): JsonObject {
  return {
    Execution: {
      Id: names.arn,
      Input: input,
      StartTime: new Date(startedMs).toISOString(),
      Name: names.name,
      RoleArn: names.roleArn,
      RedriveCount: 0,
    },
    StateMachine: { Id: names.machineArn, Name: names.machineName },
  };
}
