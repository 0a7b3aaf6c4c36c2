import type { ItemWrite } from 'serverless-loop/commands';

export interface OrderSighting {
  status: string;
  /** Milliseconds since the process started. */
  atMs: number;
}

/** Sees and tells the status that each write gives an order, in the order of the writes, so that none is missed. */
export function orderWatch(tell: (orderId: string, status: string) => void) {
  const sightings = new Map<string, OrderSighting[]>();
  let wake = () => {};
  return {
    onWrite({ newImage }: ItemWrite): void {
      const orderId = text(newImage?.orderId);
      const status = text(newImage?.status);
      if (orderId === undefined || status === undefined) return;
      const seen = sightings.get(orderId) ?? [];
      seen.push({ status, atMs: performance.now() });
      sightings.set(orderId, seen);
      tell(orderId, status);
      wake();
    },
    /** All sightings up to the first of `status`, or all there were when `signal` ends the waiting. */
    async seen(orderId: string, status: string, signal: AbortSignal): Promise<OrderSighting[]> {
      while (!signal.aborted) {
        const seen = sightings.get(orderId) ?? [];
        if (seen.some((sighting) => sighting.status === status)) return seen;
        await new Promise<void>((resolve) => {
          wake = resolve;
          signal.addEventListener('abort', () => resolve(), { once: true });
        });
      }
      return sightings.get(orderId) ?? [];
    },
  };
}

/** The text of a DynamoDB string attribute. */
function text(attribute: unknown): string | undefined {
  if (typeof attribute !== 'object' || attribute === null || !('S' in attribute)) return undefined;
  return typeof attribute.S === 'string' ? attribute.S : undefined;
}
