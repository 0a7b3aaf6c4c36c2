import { crc32 } from 'node:zlib';
import { isObject, type JsonObject } from '../../../aws/json-object.ts';
import { parsedJson } from '../../../aws/parsed-json.ts';
import { StateError } from '../interpreter/state-error.ts';
import type { TaskCall } from '../interpreter/step.ts';

/** The parameters as an integration of its own hands them on. */
export function adaptedParameters(resourceType: string, parameters: JsonObject, call: TaskCall): JsonObject {
  if (resourceType === 'lambda') return { ...parameters, Payload: payloadText(parameters.Payload) };
  if (resourceType === 'events') return withResources(parameters, call);
  return parameters;
}

/**
 * The parameters as an SDK sends them: it sums up the body of an object that says no checksum (LocalStack's records
 * "test_s3_put_object" of AWS, v2/services/test_aws_sdk_task_service.snapshot.json).
 */
export function sentParameters(resourceType: string, action: string, parameters: JsonObject): JsonObject {
  if (resourceType !== 'aws-sdk:s3' || !['putObject', 'uploadPart'].includes(action)) return parameters;
  if (Object.keys(parameters).some((name) => /^Checksum(?!Mode|Type)/.test(name))) return parameters;
  const { Body = '' } = parameters;
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(Body === '' ? '' : JSON.stringify(Body)));
  return { ContentType: 'text/plain; charset=UTF-8', ...parameters, ChecksumCRC32: sum.toString('base64') };
}

/** A function gets JSON, of a text what it holds as such; without a payload an empty object (LocalStack's records "test_invoke_json_values" of AWS). */
function payloadText(payload: unknown): string {
  const isJson = typeof payload === 'string' && parsedJson(payload) !== undefined;
  return isJson ? payload : JSON.stringify(payload ?? {});
}

/** Each event tells the machine and the execution that it comes from, behind its own resources (LocalStack's record "test_put_events_base" of AWS, v2/services/test_events_task_service.snapshot.json). */
function withResources(parameters: JsonObject, { context }: TaskCall): JsonObject {
  const { Entries } = parameters;
  if (!Array.isArray(Entries)) return parameters;
  const own = [Object(context.StateMachine).Id, Object(context.Execution).Id];
  return {
    ...parameters,
    Entries: Entries.map((entry: unknown) => {
      if (!isObject(entry)) return entry;
      const { Resources } = entry;
      return { ...entry, Resources: [...(Array.isArray(Resources) ? Resources : []), ...own] };
    }),
  };
}

/** Refuses an answer that is a failure to the integration. Throws StateError (the same page: "EventBridge.FailedEntry"). */
export function refuseFailed(resourceType: string, result: JsonObject): void {
  const { FailedEntryCount, Entries } = result;
  // LocalStack's record "test_put_events_malformed_detail" of AWS has this cause.
  if (resourceType === 'events' && Number(FailedEntryCount) > 0)
    throw new StateError('EventBridge.FailedEntry', JSON.stringify({ Entries, FailedEntryCount }));
}
