import type { JsonObject } from '../../../aws/json-object.ts';
import type { ObjectCall, ObjectPort } from '../interpreter/object-port.ts';
import { StateError } from '../interpreter/state-error.ts';
import { runOperation, type ServiceCallPorts } from './call-service.ts';
import { sdkService } from './services.ts';
import { bytesOf } from './streams.ts';

/** The largest object that items are read of; AWS's is 10 GB (Step Functions guide, "Service quotas"). */
const MAX_BYTES = 256 * 1024 * 1024;

/** Objects in the loop's S3, read and written in the name of the state machine's role. */
export function objectPort(ports: ServiceCallPorts): ObjectPort {
  async function run(operation: string, parameters: JsonObject, call: ObjectCall): Promise<JsonObject> {
    const service = sdkService('s3');
    if (!service) throw new StateError('States.Runtime', 'The loop has no S3.');
    const called = { service, isOptimized: false, operation };
    return (await runOperation(called, parameters, call, ports)).answer;
  }

  return {
    read: async (parameters, call) => bytesOf((await run('GetObject', parameters, call)).Body, MAX_BYTES),
    async list(parameters, call) {
      const found: JsonObject[] = [];
      let ContinuationToken: unknown;
      do {
        const page = await run(
          'ListObjectsV2',
          { ...parameters, ...(ContinuationToken !== undefined && { ContinuationToken }) },
          call,
        );
        if (Array.isArray(page.Contents)) found.push(...page.Contents);
        ContinuationToken = page.NextContinuationToken;
      } while (ContinuationToken !== undefined);
      return found;
    },
    async write({ Body, ...parameters }, call) {
      await run('PutObject', { ...parameters, Body: Buffer.from(String(Body)) }, call);
    },
  };
}
