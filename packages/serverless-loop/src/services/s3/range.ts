import { s3Error } from './s3-errors.ts';

export interface ByteRange {
  from: number;
  /** Included. */
  to: number;
}

/** One range of `Range: bytes=…`; undefined for all, and for what is no range (RFC 9110, 14.2). Throws when none of it is there. */
export function readRange(header: string | undefined, sizeBytes: number): ByteRange | undefined {
  const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? [];
  if (first === undefined || last === undefined || (first === '' && last === '')) return undefined;
  const range =
    first === ''
      ? { from: Math.max(sizeBytes - Number(last), 0), to: sizeBytes - 1 }
      : { from: Number(first), to: last === '' ? sizeBytes - 1 : Math.min(Number(last), sizeBytes - 1) };
  if (first !== '' && last !== '' && Number(last) < Number(first)) return undefined;
  if (range.from < sizeBytes && range.from <= range.to) return range;
  throw s3Error('InvalidRange', 'The requested range is not satisfiable', 416, {
    RangeRequested: header ?? '',
    ActualObjectSize: sizeBytes,
  });
}
