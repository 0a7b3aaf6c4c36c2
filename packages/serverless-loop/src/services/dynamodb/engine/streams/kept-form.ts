import { isObject } from '../requests/shapes.ts';
import { readItem } from '../values/read-value.ts';
import type { KeptRecord, StreamSettings } from './stream.ts';

/** Written by this engine, and whole: the store sees to it. */
export function readSettings(json: unknown): StreamSettings {
  return JSON.parse(JSON.stringify(json));
}

/** The same, with its items. */
export function readRecord(json: unknown): KeptRecord {
  const record: KeptRecord = JSON.parse(JSON.stringify(json));
  if (!isObject(json)) return record;
  return {
    ...record,
    keys: readItem(json.keys),
    ...(json.newImage !== undefined && { newImage: readItem(json.newImage) }),
    ...(json.oldImage !== undefined && { oldImage: readItem(json.oldImage) }),
  };
}
