import { randomUUID } from 'node:crypto';
import type { Place } from '../../../aws/arn.ts';
import { AwsError } from '../../../aws/errors.ts';
import { notOfThisType, refuseName } from '../errors.ts';
import type { Execution } from '../interpreter/execution-port.ts';
import { type Startable, startableOf } from '../machines/startable.ts';
import type { StateMachines } from '../machines/state-machines.ts';
import { executionArn } from './execution-arn.ts';
import { readInput } from './execution-input.ts';
import type { Executions } from './executions.ts';
import type { ObserveEvent } from './observers.ts';
import type { Runner } from './runner.ts';
import type { Started } from './started.ts';

export interface StarterOptions {
  place: Place;
  machines: StateMachines;
  executions: Executions;
  runner: Runner;
  random: () => number;
  /** Told of the events of an execution. */
  observe(started: Started): ObserveEvent;
}

export interface StartRequest {
  /** Of a machine, a version or an alias. */
  arn: string;
  name?: string;
  inputText?: string;
  traceHeader?: string;
  isByService?: true;
}

/** Starts executions as StartExecution does. */
export interface Starter {
  /** Throws the AwsErrors of StartExecution. */
  start(request: StartRequest): Execution;
  /** The same for StartSyncExecution, which Express machines alone have. */
  startSync(request: StartRequest): Execution;
}

export function createStarter({
  place,
  machines,
  executions,
  runner,
  random,
  observe,
}: StarterOptions): Starter {
  function begin(request: StartRequest, refuse: (startable: Startable) => void): Execution {
    const { arn, inputText = '{}', traceHeader, isByService } = request;
    const startable = startableOf(arn, machines, random);
    refuse(startable);
    const name = request.name ?? randomUUID();
    refuseName(name);
    const input = readInput(inputText);
    const { model } = startable;
    const there =
      model.type === 'STANDARD' ? executions.find(executionArn(place, model.name, name)) : undefined;
    if (there) {
      // The same call again, while it runs, is no other execution (API reference, "StartExecution").
      if (there.execution.outcome().status === 'RUNNING' && there.inputText === inputText)
        return there.execution;
      const message = `Execution Already Exists: '${there.execution.names.arn}'`;
      throw new AwsError('ExecutionAlreadyExists', message);
    }
    const started: Started = {
      ...startable,
      name,
      inputText,
      ...(traceHeader !== undefined && { traceHeader }),
      ...(isByService && { isByService }),
    };
    const execution = runner.start(startable, { name, input, onEvent: observe(started) });
    if (model.type === 'STANDARD') executions.add({ ...started, execution });
    return execution;
  }

  return {
    start: (request) => begin(request, () => {}),
    startSync: (request) =>
      begin(request, ({ model }) => {
        if (model.type !== 'EXPRESS') throw notOfThisType();
      }),
  };
}
