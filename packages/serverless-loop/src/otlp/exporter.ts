import { parseJsonWithin, SEGMENT_LIMITS } from '../aws/json-limits.ts';
import { isObject, type JsonObject } from '../aws/json-object.ts';
import type { Report } from '../facts.ts';
import { type Owned, spanOwners } from './owners.ts';
import { exportRequest, type Origin } from './request.ts';
import { SendError, send } from './send.ts';
import { spansOf } from './span.ts';

export interface OtlpExporterOptions extends Origin {
  /** The collector; without a path its traces are at `/v1/traces`. */
  url: string;
  report: Report;
  /** Spans are gathered so long before they are sent. */
  gatherMs?: number;
}

export interface OtlpExporter {
  /** Takes a segment document. Never throws, never waits. */
  take(document: Buffer | string): void;
  /** Sends what there is, once. */
  stop(): Promise<void>;
}

const GATHER_MS = 1_000;
const MAX_SPANS_PER_REQUEST = 512;
/** While the collector doesn't answer; the oldest go first. */
const MAX_SPANS_KEPT = 8_192;
const MAX_PAUSE_MS = 30_000;

/** Sends the loop's segments on as spans by OTLP/HTTP. What fails is told once, tried again, and dropped in the end. */
export function startOtlpExporter(options: OtlpExporterOptions): OtlpExporter {
  const { report, gatherMs = GATHER_MS } = options;
  const endpoint = tracesUrl(options.url);
  const owners = spanOwners();
  let queue: Owned[] = [];
  let timer: NodeJS.Timeout | undefined;
  let sending: Promise<void> | undefined;
  /** Something came that the request under way doesn't have. */
  let hasMore = false;
  let failures = 0;
  let isTold = false;
  let stopped = false;

  function sendSoon(delayMs: number): void {
    if (stopped || timer || sending) return;
    timer = setTimeout(() => {
      timer = undefined;
      sending = sendQueue().finally(() => {
        sending = undefined;
        if (hasMore || queue.length > 0) sendSoon(pauseMs());
      });
    }, delayMs);
  }

  const pauseMs = () => (failures === 0 ? gatherMs : Math.min(gatherMs * 2 ** failures, MAX_PAUSE_MS));

  async function sendQueue(): Promise<void> {
    hasMore = false;
    enqueue(owners.take());
    while (queue.length > 0) {
      const batch = takeBatch();
      try {
        await send(endpoint, exportRequest(batch, options));
        failures = 0;
      } catch (error) {
        tell(error);
        if (error instanceof SendError && !error.isRetryable) continue;
        failures += 1;
        queue = [...batch, ...queue];
        return;
      }
    }
  }

  function enqueue(owned: Owned[]): void {
    queue.push(...owned);
    let count = spanCount(queue);
    while (count > MAX_SPANS_KEPT) count -= queue.shift()?.spans.length ?? count;
  }

  function takeBatch(): Owned[] {
    let count = 0;
    const end = queue.findIndex(({ spans }) => {
      count += spans.length;
      return count > MAX_SPANS_PER_REQUEST;
    });
    return queue.splice(0, end < 0 ? queue.length : Math.max(end, 1));
  }

  function tell(error: unknown): void {
    if (isTold) return;
    isTold = true;
    const reason = error instanceof Error ? error.message : String(error);
    report({ kind: 'spans.notSent', url: endpoint, reason });
  }

  return {
    take(document) {
      const segment = parse(document);
      const spans = segment ? spansOf(segment) : [];
      if (!segment || spans.length === 0) return;
      const isApart = segment.type === 'subsegment';
      owners.add({
        spans,
        ...(isApart || typeof segment.name !== 'string' ? {} : { service: segment.name }),
        ...(typeof segment.parent_id === 'string' ? { parentId: segment.parent_id.toLowerCase() } : {}),
      });
      hasMore = true;
      sendSoon(pauseMs());
    },
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await sending;
      if (failures > 0) return;
      enqueue(owners.takeAll());
      await sendQueue();
    },
  };
}

/** OTLP exporter specification: a base URL has `v1/traces` added; one with a path is taken as it is. */
function tracesUrl(url: string): string {
  const parsed = new URL(url);
  if (parsed.pathname === '/') parsed.pathname = '/v1/traces';
  return parsed.href;
}

function spanCount(queue: Owned[]): number {
  return queue.reduce((sum, { spans }) => sum + spans.length, 0);
}

function parse(document: Buffer | string): JsonObject | undefined {
  try {
    const value = parseJsonWithin(document.toString(), SEGMENT_LIMITS);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
