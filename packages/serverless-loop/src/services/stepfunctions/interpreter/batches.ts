import { isObject, type JsonObject } from '../../../aws/json-object.ts';
import type { DataFlow } from './data-flow.ts';
import { type Step, stateError } from './step.ts';

/**
 * Gathers items into the inputs of child executions, each as `{ Items: […] }`, with what all of them are given beside (Step
 * Functions guide, "ItemBatcher (Map)"). Without an ItemBatcher each item is an input. Rejects with StateError.
 */
export async function batchesOf(
  step: Step,
  items: readonly unknown[],
  input: unknown,
  flow: DataFlow,
): Promise<readonly unknown[]> {
  const { ItemBatcher } = step.state.fields;
  if (!isObject(ItemBatcher)) return items;
  const most = await limitOf(step, ItemBatcher, 'MaxItemsPerBatch', flow);
  const mostBytes = await limitOf(step, ItemBatcher, 'MaxInputBytesPerBatch', flow);
  const { BatchInput } = ItemBatcher;
  const shared =
    BatchInput === undefined
      ? {}
      : { BatchInput: await flow.fill(step, BatchInput, 'ItemBatcher/BatchInput', input, step.context) };
  const batches: { Items: unknown[] }[] = [];
  for (const item of items) {
    const last = batches.at(-1);
    const grown = last && { ...last, Items: [...last.Items, item] };
    if (grown && grown.Items.length <= most && sizeOf(grown) <= mostBytes) batches.splice(-1, 1, grown);
    else batches.push({ ...shared, Items: [item] });
  }
  return batches;
}

async function limitOf(step: Step, batcher: JsonObject, name: string, flow: DataFlow): Promise<number> {
  const limit = await flow.field(step, batcher, name);
  if (limit === undefined) return Number.POSITIVE_INFINITY;
  if (typeof limit === 'number' && Number.isInteger(limit) && limit > 0) return limit;
  throw stateError(step, `The ${name} field must be a positive integer: ${JSON.stringify(limit)}`);
}

function sizeOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}
