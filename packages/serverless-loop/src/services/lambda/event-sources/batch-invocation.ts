import { randomUUID } from 'node:crypto';
import { qualifierOfArn } from '../../../aws/arn.ts';
import { AwsError } from '../../../aws/errors.ts';
import { isCircling, SLOWED_MS } from '../../../aws/lineage.ts';
import type { Timer } from '../../../clock.ts';
import type { EventSourceModel } from '../../../template/model.ts';
import { notFound } from '../api/api-function-lookup.ts';
import type { InvokeResult } from '../environments/invocation.ts';
import { callTraceHeader } from '../telemetry/trace.ts';
import type { EventSourceOptions } from './source-options.ts';

/** The end of a batch's invocation: the function's answer, its errors too, or the reason why it could not run. */
export type BatchEnd =
  | { requestId: string; result: InvokeResult; reason?: string }
  | { requestId: string; result?: undefined; reason: string };

const FIRST_BACKOFF_MS = 1_000;
const MAX_BACKOFF_MS = 60_000;
const JITTER = 0.1;

export interface BatchInvoker {
  /**
   * Invokes a mapping's function with an event. While the function is throttled it is tried again, with backoff, for as long
   * as `patienceMs` has not passed. `lineage`: of the records' traces; records that come of the function itself, round and round,
   * wait. Never rejects.
   */
  invoke(
    model: EventSourceModel,
    event: object,
    recordCount: number,
    patienceMs: number,
    lineage?: readonly string[],
  ): Promise<BatchEnd>;
  /** Waits so long, or until it is stopped; `waits` counts what waits for the clock alone. */
  pause(delayMs: number, waits?: () => () => void): Promise<void>;
  /** Waits no longer: what is throttled is given up. */
  stop(): void;
}

export interface BatchInvokerOptions
  extends Pick<EventSourceOptions, 'clock' | 'report' | 'random' | 'find'> {
  invoke: EventSourceOptions['invoke'];
  /** Counts what waits for the clock alone. */
  waits(): () => void;
  throttled(): void;
}

export function batchInvoker(options: BatchInvokerOptions): BatchInvoker {
  const { clock, report, find, invoke, random = Math.random } = options;
  const waiting = new Map<Timer, () => void>();
  let stopped = false;

  async function pause(delayMs: number, waits = options.waits): Promise<void> {
    if (stopped) return;
    const end = waits();
    await new Promise<void>((resolve) => {
      const timer = clock.after(delayMs, () => {
        waiting.delete(timer);
        resolve();
      });
      waiting.set(timer, resolve);
    });
    end();
  }

  async function tryOnce(
    model: EventSourceModel,
    requestId: string,
    payload: Buffer,
    lineage: readonly string[],
  ): Promise<InvokeResult> {
    const fn = find(model.functionArn);
    if (!fn) throw notFound(`Function not found: ${model.functionArn}`);
    const qualifier = qualifierOfArn(model.functionArn);
    return invoke({
      functionName: fn.name,
      ...(qualifier !== undefined && { qualifier }),
      payload,
      requestId,
      traceHeader: callTraceHeader(undefined, fn, clock.now(), lineage),
      attempt: 1,
    });
  }

  return {
    async invoke(model, event, recordCount, patienceMs, lineage = []) {
      const requestId = randomUUID();
      const payload = Buffer.from(JSON.stringify(event));
      const fact = { ...factOf(model), requestId, recordCount };
      report({ kind: 'batch.read', ...fact });
      const untilMs = clock.elapsedMs() + patienceMs;
      const { name, arn } = find(model.functionArn) ?? {};
      if (name !== undefined && isCircling(lineage, arn)) {
        report({ kind: 'recursion.slowed', name, sourceArn: model.sourceArn, delayMs: SLOWED_MS });
        await pause(SLOWED_MS);
      }
      for (let tries = 1; ; tries += 1) {
        try {
          const result = await tryOnce(model, requestId, payload, lineage);
          return { requestId, result, ...(result.functionError && { reason: reasonOf(result) }) };
        } catch (error) {
          const reason = error instanceof Error ? error.message : String(error);
          const delayMs = backoffMs(tries, random);
          const isThrottled = error instanceof AwsError && error.code === 'TooManyRequestsException';
          if (isThrottled) options.throttled();
          if (stopped || !isThrottled || clock.elapsedMs() + delayMs >= untilMs) return { requestId, reason };
          report({ kind: 'batch.retry', ...fact, delayMs, reason });
          await pause(delayMs);
        }
      }
    },
    pause,
    stop() {
      stopped = true;
      for (const [timer, resolve] of waiting) {
        timer.cancel();
        resolve();
      }
      waiting.clear();
    },
  };
}

/** Names a mapping as its facts do. */
export function factOf({ functionArn, sourceArn }: EventSourceModel) {
  return { functionName: functionArn.split(':')[6] ?? functionArn, sourceArn };
}

function reasonOf({ errorType, errorMessage }: InvokeResult): string {
  return [errorType, errorMessage].filter(Boolean).join(': ') || 'Unhandled';
}

/** "Exponential backoff" is all that AWS says of it: from a second, doubled to a minute, with jitter. */
function backoffMs(tries: number, random: () => number): number {
  return Math.min(FIRST_BACKOFF_MS * 2 ** (tries - 1) * (1 + JITTER * random()), MAX_BACKOFF_MS);
}
