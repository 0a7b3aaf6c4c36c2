import { type MovableClock, movableClock } from '../../../src/loop/movable-clock.ts';
import { startExecution } from '../../../src/services/stepfunctions/interpreter/execution.ts';
import type { ObjectPort } from '../../../src/services/stepfunctions/interpreter/object-port.ts';
import type {
  CallTask,
  EvaluateJsonata,
  Tools,
} from '../../../src/services/stepfunctions/interpreter/step.ts';
import { parseMachine } from '../../../src/services/stepfunctions/language/machine.ts';
import { validateDefinition } from '../../../src/services/stepfunctions/language/validate-machine.ts';

const ACCOUNT = 'us-east-1:000000000000';

export const NAMES = {
  arn: `arn:aws:states:${ACCOUNT}:execution:orders:run`,
  name: 'run',
  roleArn: 'arn:aws:iam::000000000000:role/orders',
  machineArn: `arn:aws:states:${ACCOUNT}:stateMachine:orders`,
  machineName: 'orders',
};

export interface Given {
  callTask?: CallTask;
  evaluateJsonata?: EvaluateJsonata;
  random?: () => number;
  newToken?: () => string;
  clock?: MovableClock;
  objects?: Partial<ObjectPort>;
}

/** Starts a definition that is right, on a clock that stands still until it is moved. */
export function started(definition: object, input: unknown = {}, given: Given = {}) {
  const text = JSON.stringify(definition);
  const problems = validateDefinition(text);
  if (problems.length > 0) throw new Error(JSON.stringify(problems));
  const clock = given.clock ?? movableClock(0, () => Date.parse('2026-11-28T10:00:00Z'));
  const tools: Tools = {
    clock,
    pauses: clock,
    day: clock,
    chance: { random: given.random ?? (() => 0.5), uuid: () => 'uuid' },
    callTask: given.callTask ?? (() => Promise.reject(new Error('no task'))),
    newToken: given.newToken ?? (() => 'token'),
    evaluateJsonata: given.evaluateJsonata ?? (() => Promise.reject(new Error('no JSONata'))),
    objects: {
      read: () => Promise.reject(new Error('no object')),
      list: () => Promise.reject(new Error('no bucket')),
      write: () => Promise.reject(new Error('no bucket')),
      ...given.objects,
    },
    startChild: (child) => startExecution(child.machine, NAMES, child.input, tools),
    addMapRun: () => {},
  };
  const execution = startExecution(parseMachine(text), NAMES, input, tools);
  return { clock, execution };
}

/** Runs a definition to its end; every wait is over at once, and its length is kept. */
export async function executed(definition: object, input: unknown = {}, given: Given = {}) {
  const { clock, execution } = started(definition, input, given);
  const waitsMs: number[] = [];
  let isEnded = false;
  void execution.ended.then(() => (isEnded = true));
  while (!isEnded) {
    await new Promise((resolve) => setImmediate(resolve));
    const nextMs = isEnded ? undefined : clock.nextInMs();
    if (nextMs === undefined) continue;
    waitsMs.push(Math.round(nextMs));
    clock.move(nextMs);
    clock.runNext();
  }
  clock.stop();
  return { ...execution.outcome(), waitsMs, events: execution.history.events };
}

/** Number, the event before, and type of each event, as `2 0 PassStateEntered`. */
export function linesOf(events: readonly { id: number; previousEventId: number; type: string }[]): string[] {
  return events.map(({ id, previousEventId, type }) => `${id} ${previousEventId} ${type}`);
}
