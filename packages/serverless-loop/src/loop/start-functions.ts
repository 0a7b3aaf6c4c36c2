import path from 'node:path';
import type { Report } from '../facts.ts';
import type { FaultBook } from '../faults/fault-book.ts';
import { invocationFaults } from '../faults/invocation-faults.ts';
import { withForeignParts } from '../services/lambda/function-attachments.ts';
import { type Lambda, startLambda } from '../services/lambda/functions.ts';
import type { XRay } from '../services/xray/xray.ts';
import type { Stack } from '../template/model.ts';
import { ANSWERED_HOSTS } from './answered-services.ts';
import type { FunctionRights } from './function-rights.ts';
import { inspectionOf } from './inspection.ts';
import type { LoopOptions } from './loop-options.ts';

/** The loop that functions run in. */
export interface FunctionsPlace {
  endpoint: string;
  stack: Stack;
  report: Report;
  rights: FunctionRights;
  xray: XRay;
  /** Faults of invocations. */
  faults: FaultBook;
}

/** Starts Lambda with the functions of the stack, whose invocations may be disturbed. */
export async function startFunctions(
  options: LoopOptions,
  { endpoint, stack, report, rights, xray, faults }: FunctionsPlace,
): Promise<Lambda> {
  const lambda = await startLambda({
    functions: stack.functions.map((fn) => withForeignParts(fn)),
    place: options.place,
    endpoint: options.functionEndpoint ?? endpoint,
    report,
    credentialsFor: rights.credentialsFor,
    recordSegment: xray.recordSegment,
    xrayDaemonAddress: xray.daemonAddress,
    cacheDir: options.cacheDir,
    projectDir: path.dirname(path.resolve(options.templatePath)),
    watch: options.watch,
    freezes: options.freezes ?? true,
    ...(options.startsAhead === false && { maxAhead: 0 }),
    ...(options.maxEnvironments !== undefined && { maxEnvironments: options.maxEnvironments }),
    allowsAws: options.allowsAws ?? false,
    hosts: ANSWERED_HOSTS,
    buildsAnew: options.buildsAnew ?? false,
    ...(options.inspect && { inspect: inspectionOf(stack.functions, options.inspect) }),
  });
  return {
    ...lambda,
    invoke: invocationFaults({
      book: faults,
      report,
      invoke: lambda.invoke,
      namesOf: (name) => [name, lambda.find(name)?.logicalId ?? name],
    }),
  };
}
