import { AwsError } from '../../../aws/errors.ts';
import { isObject, type JsonObject } from '../../../aws/json-object.ts';
import type { FoundOperation, OperationPort } from '../../../aws/operation-port.ts';
import { StateError } from '../interpreter/state-error.ts';
import type { TaskCall } from '../interpreter/step.ts';
import type { ServiceResource } from '../tasks/resource.ts';
import { functionError, parsedOr } from './function-error.ts';
import { requestOf, resultOf } from './sdk-json.ts';
import { serviceError } from './service-error.ts';
import { type CalledService, OPTIMIZED, sdkService } from './services.ts';

/** An operation as a task calls it. */
export interface ServiceCall {
  service: CalledService;
  /** By an integration of its own, not as the SDK calls it. */
  isOptimized: boolean;
  /** By its API's name. */
  operation: string;
}

export interface ServiceCallPorts {
  operations: OperationPort;
  /** The role of the state machine, or that of the task's Credentials. */
  roleArnOf(call: TaskCall): string;
  traceHeaderOf(call: TaskCall): string | undefined;
  executionArnOf(call: TaskCall): string;
}

/** Reads what a resource calls. Throws the StateError of one that the loop can't call. */
export function serviceCallOf({ resourceType, action }: ServiceResource): ServiceCall {
  const operation = action.charAt(0).toUpperCase() + action.slice(1);
  const sdkName = /^aws-sdk:(.+)$/.exec(resourceType)?.[1];
  const service = sdkName === undefined ? OPTIMIZED[resourceType] : sdkService(sdkName);
  if (service) return { service, operation, isOptimized: sdkName === undefined };
  throw new StateError('States.Runtime', `The loop has no ${resourceType}: the task can't call ${action}.`);
}

/** Calls an operation and resolves with the task's result. Rejects with the StateError of the task. */
export async function callOperation(
  called: ServiceCall,
  parameters: JsonObject,
  call: TaskCall,
  ports: ServiceCallPorts,
): Promise<JsonObject> {
  const { service, operation, isOptimized } = called;
  const found = await ports.operations.find(service.signingName, operation);
  if (!found)
    throw new StateError(
      'States.Runtime',
      `The loop has no operation ${operation} of ${service.title}: the task can't call it.`,
    );
  const { answer, requestId } = await run(called, found, parameters, call, ports);
  const result = resultOf(found.operation.output, answer, isOptimized ? 'number' : 'text');
  if (service.signingName === 'lambda' && operation === 'Invoke') readPayload(result);
  delete result.TraceHeader;
  return isOptimized ? { ...result, ...metadataOf(requestId) } : result;
}

async function run(
  { service, isOptimized }: ServiceCall,
  found: FoundOperation,
  parameters: JsonObject,
  call: TaskCall,
  { operations, roleArnOf, traceHeaderOf, executionArnOf }: ServiceCallPorts,
) {
  const traceHeader = traceHeaderOf(call);
  try {
    return await operations.run(found, requestOf(found.operation.input, parameters), {
      roleArn: roleArnOf(call),
      sourceArn: executionArnOf(call),
      ...(traceHeader !== undefined && { traceHeader }),
      signal: call.signal,
    });
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    throw serviceError(service, error, { isOptimized, requestId: String(call.context.RequestId ?? '') });
  }
}

/** A function's answer is read as JSON; one of a function that failed fails the task. Throws StateError. */
function readPayload(result: JsonObject): void {
  const payload = typeof result.Payload === 'string' ? result.Payload : '';
  if (result.FunctionError !== undefined) throw functionError(payload);
  if (payload !== '') result.Payload = parsedOr(payload, payload);
}

/** Beside an answer of the older SDK; the headers are those of which nothing depends on the connection (LocalStack's records of AWS, v2/services). */
function metadataOf(requestId: string): JsonObject {
  return {
    SdkHttpMetadata: {
      AllHttpHeaders: { 'x-amzn-RequestId': [requestId] },
      HttpHeaders: { 'x-amzn-RequestId': requestId },
      HttpStatusCode: 200,
    },
    SdkResponseMetadata: { RequestId: requestId },
  };
}

/** The parameters of a task, which are an object for any service. Throws the StateError of a task that has others. */
export function parametersOf(input: unknown): JsonObject {
  if (isObject(input)) return input;
  throw new StateError(
    'States.Runtime',
    `The parameters of a task must be an object: ${JSON.stringify(input)}`,
  );
}
