const DATE_TAG = 1;

/** A value as CBOR (RFC 8949): members that are undefined are left out, a Date is written as a time. */
export function encodeCbor(value: unknown): Buffer {
  return Buffer.concat(partsOf(value));
}

function partsOf(value: unknown): Buffer[] {
  if (typeof value === 'string') return [head(3, Buffer.byteLength(value)), Buffer.from(value)];
  if (typeof value === 'number') return [numberOf(value)];
  if (typeof value === 'boolean') return [Buffer.from([value ? 0xf5 : 0xf4])];
  if (value instanceof Date) return [head(6, DATE_TAG), double(value.getTime() / 1000)];
  if (Buffer.isBuffer(value)) return [head(2, value.length), value];
  if (Array.isArray(value)) return [head(4, value.length), ...value.flatMap(partsOf)];
  if (typeof value !== 'object' || value === null) return [Buffer.from([0xf6])];
  const entries = Object.entries(value).filter(([, member]) => member !== undefined);
  return [
    head(5, entries.length),
    ...entries.flatMap(([key, member]) => [...partsOf(key), ...partsOf(member)]),
  ];
}

function numberOf(value: number): Buffer {
  if (!Number.isSafeInteger(value) || Object.is(value, -0)) return double(value);
  return value >= 0 ? head(0, value) : head(1, -1 - value);
}

function double(value: number): Buffer {
  const bytes = Buffer.alloc(9, 0xfb);
  bytes.writeDoubleBE(value, 1);
  return bytes;
}

/** The kind of an item and its length, or its number, in as few bytes as do. */
function head(kind: number, argument: number): Buffer {
  const first = kind << 5;
  if (argument < 24) return Buffer.from([first | argument]);
  if (argument < 0x100) return Buffer.from([first | 24, argument]);
  const bytes = Buffer.alloc(argument < 0x1_0000 ? 3 : argument < 0x1_0000_0000 ? 5 : 9);
  if (bytes.length === 3) bytes.writeUInt16BE(argument, 1);
  else if (bytes.length === 5) bytes.writeUInt32BE(argument, 1);
  else bytes.writeBigUInt64BE(BigInt(argument), 1);
  bytes[0] = first | (bytes.length === 3 ? 25 : bytes.length === 5 ? 26 : 27);
  return bytes;
}
