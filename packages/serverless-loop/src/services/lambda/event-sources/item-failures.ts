import { isObject } from '../../../aws/json-object.ts';
import { parsedJson } from '../../../aws/parsed-json.ts';

/** Tells which records of a batch a function's answer names as failed: undefined when the whole batch did. */
export function itemFailures(answer: Buffer, ids: ReadonlySet<string>): ReadonlySet<string> | undefined {
  const value = answer.length === 0 ? null : parsedJson(answer.toString());
  if (value === undefined) return undefined;
  const failures = isObject(value) ? value.batchItemFailures : undefined;
  // "A null or empty list, a null or empty response": all succeeded (Lambda guide, "Implementing partial batch responses").
  if (failures === undefined || failures === null) return new Set();
  if (!Array.isArray(failures)) return undefined;
  const named = failures.map((failure) => (isObject(failure) ? failure.itemIdentifier : undefined));
  const known = named.filter((id) => typeof id === 'string').filter((id) => ids.has(id));
  // The same page: no such record, an empty or null identifier or another key fails the whole batch.
  return known.length === named.length ? new Set(known) : undefined;
}
