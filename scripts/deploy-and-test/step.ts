import type { FailureKind } from './exit-status.ts';

/** The means of a step while it runs. */
export interface Running {
  /** Aborted when the run is interrupted or the step's time is over. */
  signal: AbortSignal;
  /** A line for whoever watches. */
  say(line: string): void;
}

/** Something done, and then looked at. */
interface Action {
  /** One word, for flags and reports. */
  id: string;
  title: string;
  limitMs: number;
  start(running: Running): Promise<void>;
  /** Resolves to what is seen when it holds. Throws when it doesn't. */
  check?(running: Running): Promise<string>;
}

/** A step of a run: a start, a check, and what takes it back. */
export interface Step extends Action {
  failure: FailureKind;
  undo?: Undo;
}

export interface Undo extends Action {
  /** At the end in any case, or only when something failed. */
  when: 'always' | 'failure';
  failure: FailureKind;
  /** Quick, and done even after a second interrupt. */
  isUrgent?: boolean;
}

/** A step that doesn't hold, with the reason for a person; its lines say what to do. */
export class StepFailure extends Error {
  override readonly name = 'StepFailure';
  /** The kind of failure, if it isn't the step's own. */
  readonly failure: FailureKind | undefined;

  constructor(message: string, options: ErrorOptions & { failure?: FailureKind } = {}) {
    super(message, options);
    this.failure = options.failure;
  }
}
