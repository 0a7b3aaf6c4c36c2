import type { JsonObject } from '../../../aws/operation.ts';
import type { Clock } from '../../../clock.ts';
import type { Report } from '../../../facts.ts';
import type { FunctionModel } from '../../../template/model.ts';
import type { Invoke } from '../api/api-invocation.ts';
import type { QueuePort } from './queue-port.ts';

export interface EventSourceOptions {
  region: string;
  clock: Clock;
  report: Report;
  /** 0 to 1, for the jitter of backoff. */
  random?: () => number;
  /** The function of that name or ARN as it is now; undefined, too, without the version or alias. */
  find(nameOrArn: string): FunctionModel | undefined;
  invoke: Invoke;
  /** Tells whether a function's role allows an action; a refusal is a fact that IAM tells. */
  may(functionName: string, action: string, resource: string): boolean;
  /** Makes a filter's pattern ready to match. Throws for what is no pattern. */
  compilePattern(pattern: string): (record: JsonObject) => boolean;
  queues: QueuePort;
}

/** A mapping that reads from its source. */
export interface RunningSource {
  /** Forgets records that wait to become a batch. */
  drop(): void;
  /** Reads no more; batches under way end. */
  stop(): void;
}
