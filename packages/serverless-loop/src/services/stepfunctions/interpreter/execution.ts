import type { JsonObject } from '../../../aws/json-object.ts';
import type { Timer } from '../../../clock.ts';
import { unlessAborted } from '../../../unless-aborted.ts';
import { History, type HistoryEvent, held, Thread } from '../history/history.ts';
import type { Machine } from '../language/machine.ts';
import type { Execution, ExecutionNames, ExecutionStatus, Outcome } from './execution-port.ts';
import { runMachine } from './run-machine.ts';
import { Scope } from './scope.ts';
import { errorDetails, StateError } from './state-error.ts';
import type { Beginning, Tools } from './step.ts';

export interface ExecutionOptions {
  /** Told of each event once it is there. */
  onEvent?: (event: HistoryEvent) => void;
  /** The version or alias that was started, as the first event has it. */
  startedAs?: { stateMachineVersionArn?: string; stateMachineAliasArn?: string };
  /** The input as it was written, which the first event has (LocalStack's record "test_map_state_label" of AWS). */
  inputText?: string;
}

/** Starts a machine on an input. */
export function startExecution(
  machine: Machine,
  names: ExecutionNames,
  input: unknown,
  tools: Tools,
  { startedAs = {}, onEvent, inputText }: ExecutionOptions = {},
): Execution {
  const { clock } = tools;
  const startedMs = clock.now();
  const history = new History(() => clock.now(), onEvent);
  const thread = new Thread(history);
  const scope = new Scope();
  const context = contextOf(names, input, startedMs);
  let ending = new AbortController();
  let outcome: Outcome = { status: 'RUNNING' };
  let timeout: Timer | undefined;
  /** The state that it is in, for a redrive. */
  let last = { name: machine.startAt, input };
  let redriveCount = 0;

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

  async function run(): Promise<void> {
    const { signal } = ending;
    const { timeoutSeconds } = machine;
    if (timeoutSeconds !== undefined)
      timeout = clock.after(timeoutSeconds * 1_000, () => end('TIMED_OUT', 'ExecutionTimedOut', {}, {}));
    const beginning: Beginning = {
      input: last.input,
      startAt: last.name,
      onState: (name, given) => {
        last = { name, input: given };
      },
      context,
      scope,
      thread,
      tools,
      signal,
    };
    try {
      const output = await unlessAborted(runMachine(machine, beginning), signal);
      end('SUCCEEDED', 'ExecutionSucceeded', held('output', output), { output }, thread.lastId);
    } catch (error) {
      if (signal.aborted) return;
      // Anything else is a fault of the interpreter, and ends the execution as one of Step Functions' own would.
      const failure = error instanceof StateError ? error : new StateError('States.Runtime', String(error));
      end('FAILED', 'ExecutionFailed', errorDetails(failure), errorDetails(failure), thread.lastId);
    }
  }

  thread.note('ExecutionStarted', {
    member: 'executionStartedEventDetails',
    value: {
      ...held('input', input),
      ...(inputText !== undefined && { input: inputText }),
      roleArn: names.roleArn,
      ...startedAs,
    },
  });
  let ended = run();

  return {
    names,
    input,
    startedMs,
    history,
    outcome: () => outcome,
    get ended() {
      return ended;
    },
    stop: (details = {}) => end('ABORTED', 'ExecutionAborted', { ...details }, details),
    redrive() {
      if (outcome.status === 'RUNNING' || outcome.status === 'SUCCEEDED')
        throw new Error(`An execution that is ${outcome.status} can't be redriven.`);
      redriveCount += 1;
      outcome = { status: 'RUNNING' };
      ending = new AbortController();
      history.reopen();
      Object.assign(Object(context.Execution), {
        RedriveCount: redriveCount,
        RedriveTime: new Date(clock.now()).toISOString(),
      });
      const value = { redriveCount };
      thread.lastId = history.events.length;
      thread.add('ExecutionRedriven', { member: 'executionRedrivenEventDetails', value });
      ended = run();
    },
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
