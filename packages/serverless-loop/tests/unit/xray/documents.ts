import { traceStore } from '../../../src/services/xray/store.ts';
import { assembleTrace, type Trace } from '../../../src/services/xray/trace/trace.ts';

export const TRACE_ID = '1-6925a0c8-0123456789abcdef01234567';
export const place = { partition: 'aws', region: 'eu-west-1', accountId: '123456789012' } as const;
/** Epoch seconds of the trace id. */
export const START = 0x6925a0c8;

/** An id of sixteen digits. */
export function id(digit: string): string {
  return digit.repeat(16).slice(0, 16);
}

/** A whole segment of half a second, but for what a test says. */
export function segment(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    id: id('a'),
    name: 'packer',
    trace_id: TRACE_ID,
    start_time: START,
    end_time: START + 0.5,
    ...changes,
  };
}

/** A subsegment that was sent apart. */
export function subsegment(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return segment({ id: id('b'), name: 'fold', parent_id: id('a'), type: 'subsegment', ...changes });
}

/** A trace of these documents, as they came. */
export function traceOf(...documents: (Record<string, unknown> | string)[]): Trace {
  const store = traceStore({ maxBytes: 100_000_000, onFull: () => {} });
  for (const document of documents) {
    store.keep(TRACE_ID, typeof document === 'string' ? document : JSON.stringify(document));
  }
  const stored = store.get(TRACE_ID);
  const trace = stored && assembleTrace(stored);
  if (!trace) throw new Error('no trace');
  return trace;
}
