import { randomUUID } from 'node:crypto';
import type { RoleSender } from '../aws/delivery.ts';
import { AwsError } from '../aws/errors.ts';
import type { JsonObject } from '../aws/json-object.ts';
import type { Call, DescribedOperation, Need } from '../aws/operation.ts';
import { runOperation } from '../aws/service.ts';
import { signingNameOf, type UniversalTarget } from '../services/scheduler/universal-target.ts';
import type { OperationPort } from '../services/stepfunctions/integrations/operation-port.ts';

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
export function operationPort({ services, endpoint, authorize }: OperationCallerOptions): OperationPort {
  return {
    async find(signingName, name) {
      for (const service of services.filter((each) => each.signingName === signingName)) {
        const operations = await service.load();
        const operation = Object.hasOwn(operations, name) ? operations[name] : undefined;
        if (operation) return { signingName, operation };
      }
      return undefined;
    },
    async run({ signingName, operation }, input, { roleArn, traceHeader, signal }) {
      const requestId = randomUUID();
      const call = {
        caller: { roleArn },
        requestId,
        endpoint,
        signal,
        ...(traceHeader !== undefined && { traceHeader }),
      };
      const answer = await runOperation(operation, input, call, (needs) =>
        authorize(call, needs, signingName),
      );
      return { answer, requestId };
    },
  };
}

/** Calls operations in a role's name for a universal target of a schedule. */
export function operationCaller({ find, run }: OperationPort) {
  return async (
    { service, operation }: UniversalTarget,
    input: JsonObject,
    { role }: RoleSender,
  ): Promise<JsonObject> => {
    const signingName = signingNameOf({ service });
    const name = operation.charAt(0).toUpperCase() + operation.slice(1);
    const found = signingName === undefined ? undefined : await find(signingName, name);
    if (!found)
      throw new AwsError('UnknownOperationException', `The loop has no operation ${service}:${operation}.`);
    const { signal } = new AbortController();
    const { answer } = await run(found, withPayload(found.operation, input), { roleArn: role.arn, signal });
    return answer;
  };
}

/** A body that is bytes is told as text, since the request of a universal target is JSON. */
function withPayload({ input: { entries } }: DescribedOperation, input: JsonObject): JsonObject {
  const [payload] = entries.find(([, { kind, at }]) => kind === 'blob' && at === 'payload') ?? [];
  const text = payload === undefined ? undefined : input[payload];
  if (payload === undefined || typeof text !== 'string') return input;
  return { ...input, [payload]: Buffer.from(text) };
}
