/** More records than are read at once. */
const MAX_HEADERS = 20_000;

/** The trace headers of the calls that made the latest records, by the records' sequence numbers. */
export class TraceHeaders {
  readonly #headers = new Map<string, string>();
  #current: string | undefined;

  /** The records to come are made by a call with this one. */
  set current(traceHeader: string | undefined) {
    this.#current = traceHeader;
  }

  of(sequenceNumber: string): string | undefined {
    return this.#headers.get(sequenceNumber);
  }

  /** Notes the record as one of the current call. */
  note(sequenceNumber: string): void {
    if (this.#current === undefined) return;
    this.#headers.set(sequenceNumber, this.#current);
    if (this.#headers.size <= MAX_HEADERS) return;
    const [oldest = ''] = this.#headers.keys();
    this.#headers.delete(oldest);
  }
}
