import { isObject, type JsonObject } from './json-object.ts';
import type { Kind, Structure, Timestamp } from './member-kinds.ts';

/** A protocol's forms for the values that no text has: times and bytes. */
export interface WireForms {
  time(epochMs: number, kind: Timestamp): unknown;
  bytes(bytes: Buffer): unknown;
}

/** JSON has neither: seconds, unless the kind says otherwise, and base64. */
export const JSON_FORMS: WireForms = {
  time: (ms, { form = 'seconds' }) => writtenTime(ms, form),
  bytes: (bytes) => bytes.toString('base64'),
};

/** CBOR has both. */
export const CBOR_FORMS: WireForms = { time: (ms) => new Date(ms), bytes: (bytes) => bytes };

export function writtenTime(epochMs: number, form: 'seconds' | 'iso' | 'http'): number | string {
  // To the microsecond, which is as fine as segments are: a time that came in seconds goes as it came.
  if (form === 'seconds') return Math.round(epochMs * 1_000) / 1_000_000;
  return form === 'iso' ? new Date(epochMs).toISOString() : new Date(epochMs).toUTCString();
}

/** A date as JSON would carry it; what is none is left for the reader to refuse. */
export function secondsOf(date: string): number | string {
  const ms = Date.parse(date);
  return Number.isNaN(ms) ? date : ms / 1_000;
}

const hasForms = new WeakMap<Kind, boolean>();

/** An answer with its times and bytes as the protocol writes them; an answer of a kind that has none of them as it is. */
export function wireValues(shape: Structure | undefined, output: JsonObject, forms: WireForms): JsonObject {
  if (!shape || !needsForms(shape)) return output;
  return wireMembers(shape, output, forms);
}

function wireMembers({ members }: Structure, output: JsonObject, forms: WireForms): JsonObject {
  return Object.fromEntries(
    Object.entries(output).map(([name, value]) => [name, wireValue(members[name], value, forms)]),
  );
}

function wireValue(kind: Kind | undefined, value: unknown, forms: WireForms): unknown {
  if (!kind || value === undefined || !needsForms(kind)) return value;
  if (kind.kind === 'timestamp') return typeof value === 'number' ? forms.time(value, kind) : value;
  if (kind.kind === 'blob') return Buffer.isBuffer(value) ? forms.bytes(value) : value;
  if (kind.kind === 'list')
    return Array.isArray(value) ? value.map((item: unknown) => wireValue(kind.item, item, forms)) : value;
  if (!isObject(value)) return value;
  if (kind.kind === 'map')
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, wireValue(kind.value, item, forms)]),
    );
  return kind.kind === 'structure' || kind.kind === 'union' ? wireMembers(kind, value, forms) : value;
}

/** True when there is a time or a blob anywhere in it. */
function needsForms(kind: Kind): boolean {
  const known = hasForms.get(kind);
  if (known !== undefined) return known;
  const found = looksForForms(kind);
  hasForms.set(kind, found);
  return found;
}

function looksForForms(kind: Kind): boolean {
  switch (kind.kind) {
    case 'timestamp':
    case 'blob':
      return true;
    case 'list':
      return needsForms(kind.item);
    case 'map':
      return needsForms(kind.value);
    case 'structure':
    case 'union':
      return kind.entries.some(([, member]) => needsForms(member));
    default:
      return false;
  }
}
