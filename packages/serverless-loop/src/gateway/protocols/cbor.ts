import { inSlices } from '../../aws/in-slices.ts';
/** CBOR that can't be read. */
export class CborError extends Error {
  override readonly name = 'CborError';
}

const DEEPEST = 64;
/**
 * More than a whole PutMetricData has in its megabyte. A map counts for ten: as many of them, each with other keys, take the
 * engine ten times as long.
 */
const MAX_ITEMS = 1_000_000;
const ITEMS_OF_A_MAP = 10;
/** No structure of AWS's has so many members. A million keys in one map take seconds. */
const MAX_KEYS = 1_000;
/** Of an item whose end is marked and not counted. */
const BREAK = 0xff;

const ITEMS_BETWEEN_LOOKS = 256;

/**
 * Reads one CBOR item (RFC 8949), a long one in slices with others served between them. Dates come as epoch seconds, as the
 * JSON protocols send them. Rejects with CborError.
 */
export async function decodeCbor(bytes: Buffer): Promise<unknown> {
  return inSlices(readInSteps(bytes));
}

type Steps<Value> = Generator<undefined, Value>;

/** Yields every few hundred items. */
function* readInSteps(bytes: Buffer): Steps<unknown> {
  let at = 0;
  let depth = 0;
  let items = 0;

  function count(more: number): void {
    items += more;
    if (items > MAX_ITEMS) throw new CborError(`it has more than ${MAX_ITEMS} items`);
  }

  function need(count: number): number {
    const from = at;
    if (count > bytes.length - from) throw new CborError('it ends too early');
    at += count;
    return from;
  }

  /** The number that belongs to an item's head; undefined for one without a length. */
  function argument(info: number): number | undefined {
    if (info < 24) return info;
    if (info === 24) return bytes.readUInt8(need(1));
    if (info === 25) return bytes.readUInt16BE(need(2));
    if (info === 26) return bytes.readUInt32BE(need(4));
    if (info === 27) return Number(bytes.readBigUInt64BE(need(8)));
    if (info === 31) return undefined;
    throw new CborError(`no item begins with ${info}`);
  }

  function* item(): Steps<unknown> {
    count(1);
    if (items % ITEMS_BETWEEN_LOOKS === 0) yield;
    depth += 1;
    if (depth > DEEPEST) throw new CborError(`it is nested more than ${DEEPEST} deep`);
    const head = bytes.readUInt8(need(1));
    const value = yield* ofKind(head >> 5, head & 0x1f);
    depth -= 1;
    return value;
  }

  function* ofKind(kind: number, info: number): Steps<unknown> {
    if (kind === 7) return simple(info);
    const length = argument(info);
    switch (kind) {
      case 0:
        return length;
      case 1:
        return -1 - (length ?? 0);
      case 2:
        return (yield* strings(kind, length)).toString('base64');
      case 3:
        return (yield* strings(kind, length)).toString();
      case 4:
        return yield* list(length);
      case 5:
        return yield* map(length);
      default:
        return yield* item();
    }
  }

  function simple(info: number): unknown {
    if (info === 20 || info === 21) return info === 21;
    if (info === 22 || info === 23) return undefined;
    if (info === 25) return half(bytes.readUInt16BE(need(2)));
    if (info === 26) return bytes.readFloatBE(need(4));
    if (info === 27) return bytes.readDoubleBE(need(8));
    throw new CborError(`no simple value is ${info}`);
  }

  function* strings(kind: number, length: number | undefined): Steps<Buffer> {
    if (length !== undefined) return bytes.subarray(need(length), at);
    const parts: Buffer[] = [];
    while (!isBreak()) {
      count(1);
      if (items % ITEMS_BETWEEN_LOOKS === 0) yield;
      const head = bytes.readUInt8(need(1));
      const partLength = argument(head & 0x1f);
      if (head >> 5 !== kind || partLength === undefined)
        throw new CborError('a string of parts has a part of another kind');
      parts.push(bytes.subarray(need(partLength), at));
    }
    return Buffer.concat(parts);
  }

  function* list(length: number | undefined): Steps<unknown[]> {
    const read: unknown[] = [];
    while (length === undefined ? !isBreak() : read.length < length) read.push(yield* item());
    return read;
  }

  function* map(length: number | undefined): Steps<Record<string, unknown>> {
    count(ITEMS_OF_A_MAP);
    const entries: [string, unknown][] = [];
    while (length === undefined ? !isBreak() : entries.length < length) {
      const key = yield* item();
      if (typeof key !== 'string') throw new CborError('a key is no text');
      if (entries.length === MAX_KEYS) throw new CborError(`a map has more than ${MAX_KEYS} keys`);
      entries.push([key, yield* item()]);
    }
    return Object.fromEntries(entries);
  }

  function isBreak(): boolean {
    if (bytes.readUInt8(need(1)) === BREAK) return true;
    at -= 1;
    return false;
  }

  const value = yield* item();
  if (at < bytes.length) throw new CborError('something follows its end');
  return value;
}

/** A number in 16 bits: 1 for its sign, 5 for its power, 10 for its fraction. */
function half(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const power = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (power === 0x1f) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return power === 0 ? sign * 2 ** -24 * fraction : sign * 2 ** (power - 25) * (1024 + fraction);
}
