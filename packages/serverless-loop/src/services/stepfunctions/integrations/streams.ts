import { Readable } from 'node:stream';
import type { JsonObject } from '../../../aws/json-object.ts';
import type { Structure } from '../../../aws/members.ts';
import { StateError } from '../interpreter/state-error.ts';

/** The largest output of a task (Step Functions guide, "Service quotas", "Maximum input or output size"). */
const MAX_BYTES = 262_144;

const TOO_LARGE =
  "The state/task 'aws-sdk:s3' returned a result with a size exceeding the maximum number of bytes service limit.";

/** Reads the streams of an answer. Rejects with the StateError of one that is more than a task's output can be. */
export async function withoutStreams(
  structure: Structure | undefined,
  answer: JsonObject,
): Promise<JsonObject> {
  const read = { ...answer };
  for (const [name, { kind }] of structure?.entries ?? []) {
    const value = read[name];
    if (kind === 'stream' && value instanceof Readable) read[name] = await bytesOf(value, MAX_BYTES);
  }
  return read;
}

/** Reads all of a stream. Rejects with the StateError of one that is larger. */
export async function bytesOf(source: unknown, mostBytes: number): Promise<Buffer> {
  if (!(source instanceof Readable)) return Buffer.alloc(0);
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of source) {
    const bytes = Buffer.from(chunk);
    sizeBytes += bytes.length;
    if (sizeBytes > mostBytes) throw new StateError('States.DataLimitExceeded', TOO_LARGE);
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}
