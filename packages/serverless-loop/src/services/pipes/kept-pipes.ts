import type { PipeModel } from './pipe.ts';

/** A source that a pipe reads. */
export interface PipeSource {
  drop(): void;
  stop(): Promise<void>;
  /** The places up to which a stream is processed. */
  places?(): ReadonlyMap<string, string>;
}

export interface KeptPipe {
  model: PipeModel;
  createdAt: number;
  modifiedAt: number;
  source: PipeSource | undefined;
}

export interface KeptPipes {
  /** Sorted by name. */
  list(): KeptPipe[];
  find(name: string): KeptPipe | undefined;
  /** Makes a pipe, or gives one other settings, and reads its source while it is to run. Throws AwsError for one that can't be run. */
  put(model: PipeModel): KeptPipe;
  remove(name: string): void;
}
