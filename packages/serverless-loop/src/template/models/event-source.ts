/** An event source mapping: Lambda reads records of a source and invokes a function with batches of them. */
export interface EventSourceModel {
  logicalId: string;
  /** Its UUID. */
  name: string;
  line: number;
  sourceArn: string;
  /** As it is invoked, with its version or alias. */
  functionArn: string;
  enabled: boolean;
  /** Records of an invocation at most. */
  batchSize: number;
  /** A batch that is not full waits so long for more. */
  windowSeconds: number;
  /** Patterns, as JSON; a record must match one of them, unless there are none. */
  filters: string[];
  /** ReportBatchItemFailures: the function says which records failed. */
  reportsItemFailures: boolean;
  /** Invocations at once that it may make. Absent: as many as there are. */
  maximumConcurrency?: number;
  /** The reading of a stream; absent for a queue. */
  stream?: StreamReadingModel;
  tags?: Record<string, string>;
}

/** Settings of a mapping that streams have and queues have not. */
export interface StreamReadingModel {
  startingPosition: 'TRIM_HORIZON' | 'LATEST' | 'AT_TIMESTAMP';
  /** Epoch milliseconds, for AT_TIMESTAMP. */
  startingAtMs?: number;
  /** Batches of a shard that are processed at once. */
  parallelizationFactor: number;
  /** -1: until the records expire. */
  maximumRetryAttempts: number;
  /** -1: as old as the stream keeps them. */
  maximumRecordAgeSeconds: number;
  /** BisectBatchOnFunctionError: a batch that fails is tried again in two halves. */
  bisects: boolean;
  /** 0: none. */
  tumblingWindowSeconds: number;
  /** A queue or topic that is told of discarded records. */
  onFailureArn?: string;
}
