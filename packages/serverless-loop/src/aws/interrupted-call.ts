/** The ways in which a call is disturbed that is no plain error. */
export interface Interruption {
  /** The time to wait before anything is done. */
  delayMs?: number;
  /** The operation is done so often; once where nothing is said. */
  times?: 0 | 2;
  /** The client gets no answer, and the connection is cut. */
  isUnanswered?: true;
}

/** Thrown where a call is about to be done that somebody wants disturbed. The gateway does the rest: it alone has the connection. */
export class InterruptedCall extends Error {
  override readonly name = 'InterruptedCall';
  readonly interruption: Interruption;

  constructor(interruption: Interruption) {
    super('The call is disturbed by a fault that was set.');
    this.interruption = interruption;
  }
}
