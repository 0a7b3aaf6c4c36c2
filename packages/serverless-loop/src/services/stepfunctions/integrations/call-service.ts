import { randomUUID } from 'node:crypto';
import { AwsError } from '../../../aws/errors.ts';
import { upperFirst } from '../../../aws/first-letter.ts';
import { isObject, type JsonObject } from '../../../aws/json-object.ts';
import type { Structure } from '../../../aws/members.ts';
import type { OperationPort } from '../../../aws/operation-port.ts';
import { parsedJson } from '../../../aws/parsed-json.ts';
import { StateError } from '../interpreter/state-error.ts';
import type { TaskCall } from '../interpreter/step.ts';
import type { ServiceResource } from '../tasks/resource.ts';
import { functionError } from './function-error.ts';
import { requestOf, resultOf } from './sdk-json.ts';
import { serviceError } from './service-error.ts';
import { type CalledService, OPTIMIZED, sdkService } from './services.ts';
import { withoutStreams } from './streams.ts';

/** An operation as a task calls it. */
export interface ServiceCall {
  service: CalledService;
  /** By an integration of its own, not as the SDK calls it. */
  isOptimized: boolean;
  /** By its API's name. */
  operation: string;
}

/** The caller of an operation, and when it gives up. */
export type OperationCall = Pick<TaskCall, 'context' | 'credentials' | 'signal'>;

export interface ServiceCallPorts {
  operations: OperationPort;
  /** The role of the state machine, or that of the task's Credentials. */
  roleArnOf(call: OperationCall): string;
  traceHeaderOf(call: OperationCall): string | undefined;
  executionArnOf(call: OperationCall): string;
}

/** Reads what a resource calls. Throws the StateError of one that the loop can't call. */
export function serviceCallOf({ resourceType, action }: ServiceResource): ServiceCall {
  const operation = upperFirst(action);
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
  const { answer, requestId, output } = await runOperation(called, parameters, call, ports);
  const result = resultOf(output, await withoutStreams(output, answer), isOptimized ? 'number' : 'text');
  if (service.signingName === 'lambda' && operation === 'Invoke') readPayload(result);
  delete result.TraceHeader;
  // The status of an answer is no member of S3's.
  if (service.signingName === 's3') delete result.StatusCode;
  return isOptimized ? { ...result, ...metadataOf(requestId) } : result;
}

/** Finds and runs an operation. Resolves with its answer and the description of that. Rejects with StateError. */
export async function runOperation(
  { service, operation, isOptimized }: ServiceCall,
  parameters: JsonObject,
  call: OperationCall,
  { operations, roleArnOf, traceHeaderOf, executionArnOf }: ServiceCallPorts,
): Promise<{ answer: JsonObject; requestId: string; output: Structure | undefined }> {
  const found = await operations.find(service.signingName, operation);
  if (!found)
    throw new StateError(
      'States.Runtime',
      `The loop has no operation ${operation} of ${service.title}: the task can't call it.`,
    );
  const traceHeader = traceHeaderOf(call);
  const { input, output } = found.operation;
  try {
    const done = await operations.run(found, requestOf(input, parameters), {
      roleArn: roleArnOf(call),
      sourceArn: executionArnOf(call),
      ...(traceHeader !== undefined && { traceHeader }),
      signal: call.signal,
    });
    return { ...done, output };
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    throw serviceError(service, error, { isOptimized, requestId: randomUUID() });
  }
}

/** A function's answer is read as JSON; one of a function that failed fails the task. Throws StateError. */
function readPayload(result: JsonObject): void {
  const payload = typeof result.Payload === 'string' ? result.Payload : '';
  if (result.FunctionError !== undefined) throw functionError(payload);
  if (payload !== '') result.Payload = parsedJson(payload, payload);
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
