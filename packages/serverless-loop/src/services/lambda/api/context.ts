import type { ApiModel } from '../../../aws/api-model.ts';
import { type InTurn, inTurnByKey } from '../../../aws/in-turn.ts';
import { operationsOf } from '../../../aws/service.ts';
import type { FunctionModel, RoleModel } from '../../../template/model.ts';
import type { AsyncEvent, Invoke } from '../environments/invocation.ts';
import type { EventSources } from '../event-sources/event-sources.ts';
import type { FunctionUrl } from '../function-urls.ts';
import type { Layers } from '../layers.ts';
import type { SynchronousCallOptions } from '../telemetry/synchronous-call.ts';
import { synchronousCall } from '../telemetry/synchronous-call.ts';
import type { Deployment } from './api-configuration.ts';
import type { FunctionLookup } from './api-function-lookup.ts';

/** The context of Lambda's operations. */
export interface LambdaContext extends FunctionLookup {
  list(): FunctionModel[];
  /** Of functions, and of their aliases. */
  urls(): FunctionUrl[];
  /** Runs one try of a synchronous call, and records it where it is traced. */
  invoke: Invoke;
  /** Takes an event for the asynchronous queue. */
  accept(event: AsyncEvent): void;
  eventSources: EventSources['mappings'];
  /** Runs the function, or in its new form; resolves once that takes the invocations. */
  put(fn: FunctionModel): Promise<void>;
  /** Invokes it no more. */
  remove(name: string): void;
  layers: Layers;
  /** Functions' URLs are among them. */
  apis: { list(): ApiModel[]; put(api: ApiModel): void; remove(id: string): void };
  /** A role that Lambda may take on; undefined for one that isn't there or doesn't let it. */
  roleOf(arn: string): RoleModel | undefined;
  /** An uploaded object; undefined when there is none. */
  objectAt(place: { bucket: string; key: string; version?: string }): Promise<Buffer | undefined>;
  cacheDir: string;
  deployment: Deployment;
  /** Runs changes of a function one after the other. */
  inTurn: InTurn;
  /** Epoch milliseconds. */
  now(): number;
}

export const operation = operationsOf<LambdaContext>();

export function lambdaContext({
  now = Date.now,
  recordSegment,
  ...options
}: Omit<LambdaContext, 'now' | 'inTurn'> & SynchronousCallOptions & { now?: () => number }): LambdaContext {
  return { ...options, now, inTurn: inTurnByKey(), invoke: synchronousCall({ ...options, recordSegment }) };
}
