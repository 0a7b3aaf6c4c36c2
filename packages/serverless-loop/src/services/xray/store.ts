/** The documents of one trace, as they came. */
export interface StoredTrace {
  id: string;
  documents: (Buffer | string)[];
  sizeBytes: number;
}

/** The traces that are kept, within a bound. */
export interface TraceStore {
  keep(traceId: string, document: Buffer | string): void;
  get(traceId: string): StoredTrace | undefined;
  clear(): void;
  /** Oldest first. */
  all(): Iterable<StoredTrace>;
}

export interface TraceStoreOptions {
  maxBytes: number;
  /** Told once, when the first trace is dropped. */
  onFull(): void;
}

/** A document costs so much besides its own bytes, about. */
const OVERHEAD_BYTES = 128;

/** Past its bound the oldest traces are dropped, whole; of a trace that alone exceeds it, what comes then. */
export function traceStore({ maxBytes, onFull }: TraceStoreOptions): TraceStore {
  /** In the order of their first documents. */
  const traces = new Map<string, StoredTrace>();
  let sizeBytes = 0;
  let isTold = false;

  function drop(trace: StoredTrace): void {
    traces.delete(trace.id);
    sizeBytes -= trace.sizeBytes;
    tell();
  }

  function makeRoom(added: number, kept: StoredTrace): void {
    for (const oldest of traces.values()) {
      if (sizeBytes + added <= maxBytes) break;
      if (oldest !== kept) drop(oldest);
    }
  }

  function tell(): void {
    if (isTold) return;
    isTold = true;
    onFull();
  }

  return {
    keep(traceId, document) {
      const added = document.length + OVERHEAD_BYTES;
      const trace = traces.get(traceId) ?? { id: traceId, documents: [], sizeBytes: 0 };
      if (trace.sizeBytes + added > maxBytes) return tell();
      if (sizeBytes + added > maxBytes) makeRoom(added, trace);
      trace.documents.push(document);
      trace.sizeBytes += added;
      sizeBytes += added;
      traces.set(traceId, trace);
    },
    get: (traceId) => traces.get(traceId),
    clear() {
      traces.clear();
      sizeBytes = 0;
    },
    all: () => traces.values(),
  };
}
