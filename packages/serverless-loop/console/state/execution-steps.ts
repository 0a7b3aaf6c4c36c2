import { isObject, type JsonObject } from '../../src/aws/json-object.ts';

/** An event of a history, as `GET /_loop/execution` tells it. */
export interface HistoryEvent {
  id: number;
  previousId: number;
  time: string;
  type: string;
  details?: JsonObject;
}

/** One run of a state, from its entry to its exit. */
export interface Step {
  id: number;
  name: string;
  /** `Task`, `Choice`. */
  type: string;
  /** 0 for a state of the machine; one more for each state that it lies in. */
  depth: number;
  /** The item of a Map that it worked on, from 0. */
  item?: number;
  enteredAt: string;
  /** Absent while it is in it. */
  exitedAt?: string;
  input: unknown;
  output?: unknown;
  attempts: Attempt[];
  /** Caught is a failure that the state's own catcher took. */
  state: 'running' | 'ok' | 'caught' | 'failed' | 'aborted';
}

/** One try of the state's task. */
export interface Attempt {
  startedAt: string;
  endedAt?: string;
  /** `lambda:invoke`, or the ARN of a function. */
  resource: string;
  parameters?: unknown;
  error?: string;
  cause?: string;
}

/**
 * Reads a history as the runs of its states, in the order in which they were entered. Each event names the one before it in
 * its own branch (API reference, "HistoryEvent"), so that the events of branches that run side by side are told apart.
 */
export function executionSteps(history: readonly HistoryEvent[]): Step[] {
  const steps: Step[] = [];
  const parents = new Map<Step, Step | undefined>();
  /** The step within which the event after this one happens. */
  const within = new Map<number, Step | undefined>();
  const items = new Map<number, number>();
  for (const event of history) {
    const { id, previousId, type, details = {} } = event;
    const around = within.get(previousId);
    const item = type === 'MapIterationStarted' ? Number(details.index) : items.get(previousId);
    if (item !== undefined) items.set(id, item);
    if (type.endsWith('StateEntered')) {
      const step = entered(event, around, item);
      steps.push(step);
      parents.set(step, around);
      within.set(id, step);
      continue;
    }
    const [, end] = /^Execution(Failed|TimedOut|Aborted)$/.exec(type) ?? [];
    if (end !== undefined) endOpen(steps, event, end === 'Failed' ? 'failed' : 'aborted');
    if (type === 'ExecutionRedriven') reopen(steps);
    if (!around) continue;
    tell(around, event);
    const isOver = /State(Exited|Aborted)$/.test(type);
    within.set(id, isOver ? parents.get(around) : around);
    // Behind a Map, none of its items is worked on any more.
    if (isOver) items.delete(id);
    const before = isOver ? items.get(around.id) : undefined;
    if (before !== undefined) items.set(id, before);
  }
  return steps;
}

function entered(
  { id, time, type, details = {} }: HistoryEvent,
  around: Step | undefined,
  item: number | undefined,
): Step {
  return {
    id,
    name: String(details.name),
    type: type.slice(0, -'StateEntered'.length),
    depth: around === undefined ? 0 : around.depth + 1,
    ...(around !== undefined && item !== undefined && { item }),
    enteredAt: time,
    input: read(details.input),
    attempts: [],
    state: type === 'FailStateEntered' ? 'failed' : 'running',
  };
}

/** The end of an execution is that of the states that it is in, which have no event of their own for it. */
function endOpen(steps: readonly Step[], { time }: HistoryEvent, state: 'failed' | 'aborted'): void {
  for (const step of steps) if (step.exitedAt === undefined) Object.assign(step, { exitedAt: time, state });
}

/** A redriven execution goes on with the state that it ended in (Step Functions guide, "Restarting state machine executions with redrive"). */
function reopen(steps: readonly Step[]): void {
  const last = steps.at(-1);
  if (last === undefined || last.state === 'ok') return;
  delete last.exitedAt;
  last.state = 'running';
}

function tell(step: Step, { time, type, details = {} }: HistoryEvent): void {
  if (/State(Exited|Aborted|Failed|Succeeded)$/.test(type)) {
    if (type.endsWith('Exited'))
      Object.assign(step, { output: read(details.output), state: step.state === 'failed' ? 'caught' : 'ok' });
    else if (!type.endsWith('Succeeded')) step.state = type.endsWith('Failed') ? 'failed' : 'aborted';
    step.exitedAt = time;
    return;
  }
  const [, what] = /^(?:Task|LambdaFunction|Activity)(.+)$/.exec(type) ?? [];
  if (what === 'Scheduled') step.attempts.push(scheduled(time, details));
  const attempt = step.attempts.at(-1);
  if (attempt && what !== undefined && /Failed$|TimedOut$|^Succeeded$/.test(what)) {
    attempt.endedAt = time;
    if (what === 'Succeeded') return;
    step.state = 'failed';
    attempt.error = textOf(details.error) ?? what;
    const cause = textOf(details.cause);
    if (cause !== undefined) attempt.cause = cause;
  } else if (what === 'Scheduled') step.state = 'running';
}

function scheduled(time: string, details: JsonObject): Attempt {
  const { resourceType, resource, parameters, input } = details;
  const given = parameters ?? input;
  return {
    startedAt: time,
    resource: [resourceType, resource].filter((part) => typeof part === 'string').join(':'),
    ...(given !== undefined && { parameters: read(given) }),
  };
}

/** The function that a try calls: by the task's own resource, or by the parameters of Lambda's integration. */
export function calledFunction({ resource, parameters }: Attempt): string | undefined {
  if (/^arn:[^:]*:lambda:/.test(resource)) return resource;
  return resource.startsWith('lambda:') && isObject(parameters) ? textOf(parameters.FunctionName) : undefined;
}

/** A history has data as text. */
function read(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
