import { randomUUID } from 'node:crypto';
import type { RoleSender } from '../aws/delivery.ts';
import { runOperation } from '../aws/described-operations.ts';
import { AwsError } from '../aws/errors.ts';
import type { JsonObject } from '../aws/json-object.ts';
import type { Call, DescribedOperation, Need } from '../aws/operation.ts';
import type { FoundOperation, OperationPort } from '../aws/operation-port.ts';
import { signingNameOfSdk } from '../aws/sdk-services.ts';
import { apiNameOf, type UniversalTarget } from '../services/scheduler/universal-target.ts';

/** By their names. */
export type CallableOperations = Readonly<Record<string, DescribedOperation>>;

/** A service, and its operations once it is loaded. */
export interface CallableService {
  signingName: string;
  load(): Promise<CallableOperations>;
}

export interface OperationCallerOptions {
  services: readonly CallableService[];
  endpoint: string;
  /** Throws AwsError when the caller may not. */
  authorize(call: Call, needs: Need[], service: string): void;
}

/** Finds operations of all services, and runs them in a role's name, as AWS's own services do. */
export function operationPort(options: OperationCallerOptions): OperationPort {
  return {
    find: (signingName, name) => findOperation(options, signingName, name),
    async run(found, input, { roleArn, traceHeader, sourceArn, signal }) {
      const requestId = randomUUID();
      const call = {
        caller: { roleArn },
        requestId,
        endpoint: options.endpoint,
        signal,
        ...(traceHeader !== undefined && { traceHeader }),
        ...(sourceArn !== undefined && { sourceArn }),
      };
      return { answer: await runFound(options, found, input, call), requestId };
    },
  };
}

export type OperationCaller = ReturnType<typeof operationCaller>;

/** Calls operations in a role's name, as AWS's own services do for a universal target of a schedule. */
export function operationCaller(options: OperationCallerOptions) {
  return async (target: UniversalTarget, input: JsonObject, { role }: RoleSender): Promise<JsonObject> => {
    const { service, operation } = target;
    const { signal } = new AbortController();
    const signingName = signingNameOfSdk(service);
    const called = { service, signingName, operation: apiNameOf(target), shown: operation };
    return callOperation(options, called, input, { caller: { roleArn: role.arn }, signal });
  };
}

/** Calls operations by their names in the API's model, in the name of the developer, who may do all. */
export function developerCaller(options: OperationCallerOptions) {
  return (
    signingName: string,
    operation: string,
    input: JsonObject,
    signal: AbortSignal,
  ): Promise<JsonObject> =>
    callOperation(options, { service: signingName, signingName, operation, shown: operation }, input, {
      caller: {},
      signal,
    });
}

async function callOperation(
  options: OperationCallerOptions,
  called: { service: string; signingName: string | undefined; operation: string; shown: string },
  input: JsonObject,
  by: Pick<Call, 'caller' | 'signal'>,
): Promise<JsonObject> {
  const { service, signingName, operation, shown } = called;
  const found = signingName === undefined ? undefined : await findOperation(options, signingName, operation);
  if (!found)
    throw new AwsError('UnknownOperationException', `The loop has no operation ${service}:${shown}.`);
  const call = { ...by, requestId: randomUUID(), endpoint: options.endpoint };
  return runFound(options, found, withPayload(found.operation, input), call);
}

/** A service may be there in parts, which are loaded one after the other. */
async function findOperation(
  { services }: OperationCallerOptions,
  signingName: string,
  name: string,
): Promise<FoundOperation | undefined> {
  for (const service of services.filter((each) => each.signingName === signingName)) {
    const operations = await service.load();
    const operation = Object.hasOwn(operations, name) ? operations[name] : undefined;
    if (operation) return { signingName, operation };
  }
  return undefined;
}

async function runFound(
  { authorize }: OperationCallerOptions,
  { signingName, operation }: FoundOperation,
  input: JsonObject,
  call: Call,
): Promise<JsonObject> {
  return runOperation(operation, input, call, (needs) => authorize(call, needs, signingName));
}

/** A body that is bytes is told as text, since the request of a universal target is JSON. */
function withPayload({ input: { entries } }: DescribedOperation, input: JsonObject): JsonObject {
  const [payload] = entries.find(([, { kind, at }]) => kind === 'blob' && at === 'payload') ?? [];
  const text = payload === undefined ? undefined : input[payload];
  if (payload === undefined || typeof text !== 'string') return input;
  return { ...input, [payload]: Buffer.from(text) };
}
