import type { Fact } from '../../src/facts.ts';
import type { ItemWrite } from '../../src/services/dynamodb/write.ts';
import { BenchError } from '../bench-error.ts';

/** The last order may take so long to be PROCESSED once all are acknowledged. */
const PATIENCE_MS = 30_000;

export class NotProcessedError extends BenchError {
  override readonly name = 'NotProcessedError';

  constructor(processed: number, expected: number) {
    super(`${processed} of ${expected} acknowledged orders were PROCESSED within ${PATIENCE_MS / 1000} s`);
  }
}

/** The times at which each order was acknowledged and PROCESSED, as this process, which runs the loop, saw it (performance.now()). */
export function orderTimes() {
  const acknowledgedAt = new Map<string, number>();
  const processedAt = new Map<string, number>();
  let lastProcessedAt = 0;
  let wake = () => {};
  return {
    /** By Lambda request id. */
    acknowledgedAt,
    /** By orderId. */
    processedAt,
    report(fact: Fact): void {
      if (fact.kind !== 'invocation.ended' || fact.outcome !== 'ok') return;
      acknowledgedAt.set(fact.requestId, performance.now());
    },
    onWrite({ newImage }: ItemWrite): void {
      if (textOf(newImage?.status) !== 'PROCESSED') return;
      lastProcessedAt = performance.now();
      processedAt.set(textOf(newImage?.orderId) ?? '', lastProcessedAt);
      wake();
    },
    /** Resolves, when this many orders are PROCESSED since the last `clear`, with the time of the last. Throws NotProcessedError. */
    async allProcessed(count: number): Promise<number> {
      const patience = AbortSignal.timeout(PATIENCE_MS);
      while (processedAt.size < count) {
        if (patience.aborted) throw new NotProcessedError(processedAt.size, count);
        await new Promise<void>((resolve) => {
          wake = resolve;
          patience.addEventListener('abort', () => resolve(), { once: true });
        });
      }
      return lastProcessedAt;
    },
    clear(): void {
      acknowledgedAt.clear();
      processedAt.clear();
    },
  };
}

/** The text of a DynamoDB string attribute. */
function textOf(attribute: unknown): string | undefined {
  if (typeof attribute !== 'object' || attribute === null || !('S' in attribute)) return undefined;
  return typeof attribute.S === 'string' ? attribute.S : undefined;
}
