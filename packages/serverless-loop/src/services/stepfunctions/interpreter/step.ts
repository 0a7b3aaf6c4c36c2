import type { JsonObject } from '../../../aws/json-object.ts';
import type { Clock } from '../../../clock.ts';
import type { Thread } from '../history/history.ts';
import type { Chance } from '../intrinsics/signature.ts';
import type { Machine, State } from '../language/machine.ts';
import type { Execution } from './execution-port.ts';
import type { MapRun } from './map-run.ts';
import type { ObjectPort } from './object-port.ts';
import type { Scope } from './scope.ts';
import { StateError } from './state-error.ts';

/**
 * Evaluates an expression of JSONata; undefined when it finds nothing. Rejects with an Error that says why it can't, or with an
 * UnsupportedResult.
 */
export type EvaluateJsonata = (expression: string, bindings: Readonly<JsonObject>) => Promise<unknown>;

/** The error of an expression that gives a function. */
export class UnsupportedResult extends Error {
  override readonly name = 'UnsupportedResult';
}

/** A task that is to be done. */
export interface TaskCall {
  resource: string;
  input: unknown;
  /** Of the state, for the names of executions and the like that a task may want. */
  context: JsonObject;
  /** Seconds that each attempt may take, and that may pass between heartbeats. */
  timeoutSeconds?: number;
  heartbeatSeconds?: number;
  credentials?: JsonObject;
  /** By which a callback names the task, for one that waits for it. */
  token?: string;
  thread: Thread;
  /** Of the execution's end, and of the branch's. */
  signal: AbortSignal;
}

/** Does a task, and writes its events. Rejects with StateError. */
export type CallTask = (call: TaskCall) => Promise<unknown>;

/** The interpreter's dependencies. */
export interface Tools {
  /** Of time-outs; the time of events. */
  clock: Pick<Clock, 'now' | 'after'>;
  /** Of Wait states and retries. */
  pauses: Pick<Clock, 'after'>;
  /** Of Wait states that wait for a time of day. */
  day: Pick<Clock, 'now' | 'after'>;
  chance: Chance;
  evaluateJsonata: EvaluateJsonata;
  callTask: CallTask;
  /** Makes the token of a task that waits for a callback. */
  newToken(): string;
  /** Objects in S3, which Maps at a distance read and write. */
  objects: ObjectPort;
  /** Starts an execution for an item of a Map at a distance. */
  startChild(child: ChildExecution): Child;
  /** Takes the run of such a Map. */
  addMapRun(run: MapRun): void;
  /** Told of a state that is tried again. */
  onRetry?(retry: Retried): void;
}

/** The execution of an item, or a batch of them. */
export interface ChildExecution {
  machine: Machine;
  /** Of the Map: its machine's name is the parent's, with this behind a slash. */
  label: string;
  mapRunArn: string;
  input: unknown;
  /** Of the Map. */
  context: JsonObject;
}

export type Child = Pick<Execution, 'names' | 'input' | 'startedMs' | 'ended' | 'outcome' | 'stop'>;

/** A state that failed and waits to be tried again. */
export interface Retried {
  stateName: string;
  error: StateError;
  /** 1 for the first that failed. */
  attempt: number;
  delayMs: number;
}

/** One passage of an execution through a state. */
export interface Step {
  state: State;
  /** As the state before gave it. */
  input: unknown;
  /** The context object, which `$$` and `$states.context` read. */
  context: JsonObject;
  scope: Scope;
  thread: Thread;
  /** The number of the event of the state's entry. */
  enteredId: number;
  tools: Tools;
  signal: AbortSignal;
  runMachine: RunMachine;
  /** Told of data on its way through the state, by the names of TestState's `inspectionData`. */
  inspect?(name: string, value: unknown): void;
}

/** The beginning of a machine. */
export type Beginning = Pick<Step, 'input' | 'context' | 'scope' | 'thread' | 'tools' | 'signal'> & {
  /** The state to begin with. Absent: the machine's first. */
  startAt?: string;
  /** Told of each state before it is entered, with its input. */
  onState?(name: string, input: unknown): void;
};

/** Runs a machine to its end and resolves with its output. Rejects with StateError, or with the signal's reason. */
export type RunMachine = (machine: Machine, beginning: Beginning) => Promise<unknown>;

/** An error of a state in AWS's words, which begin with the state and its entry. */
export function stateError(step: Step, text: string, error = 'States.Runtime'): StateError {
  return new StateError(error, withEntry(step, text));
}

/** The error of an expression that gives nothing that its state can use; `location` is the field in which it stands. */
export function evaluationError(step: Step, text: string, location?: string): StateError {
  const evaluation = { state: step.state, ...(location !== undefined && { location }) };
  return new StateError('States.QueryEvaluationError', withEntry(step, text), { evaluation });
}

function withEntry({ state, enteredId }: Step, text: string): string {
  return `An error occurred while executing the state '${state.name}' (entered at the event id #${enteredId}). ${text}`;
}
