import fc from 'fast-check';
import { runsOf } from 'serverless-loop/tests';
import { expect, test } from 'vitest';
import { canonicalText } from '../../../src/orders/canonical-request.ts';
import type { OrderAnswer } from '../../../src/orders/order-answer.ts';
import { orderIdFor } from '../../../src/orders/order-id.ts';
import { type Fault, unreliableSystem } from './unreliable-system.ts';
import { fullOrder } from './valid-order.ts';

/** Few keys and few requests, so that repeats, conflicts and duplicates meet. */
const call = fc.record({
  key: fc.constantFrom('the-first-key-0001', 'the-second-key-002'),
  quantity: fc.constantFrom(1, 2),
});
const faults = fc.array(fc.constantFrom<Fault>('none', 'before', 'after'), { maxLength: 12 });
const copies = fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 6 });
/** Each reading is of another clock: they agree on nothing. */
const clocksMs = fc.array(fc.integer({ min: 0, max: 100_000 }), { minLength: 1, maxLength: 12 });

const request = ({ key, quantity }: { key: string; quantity: number }) => ({
  ...fullOrder(),
  snacks: [{ sku: 'popcorn', quantity }],
  idempotencyKey: key,
});

test('however calls, failures, repeats and deliveries interleave, an order has one history and none is lost', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.array(call, { minLength: 1, maxLength: 4 }),
      faults,
      copies,
      clocksMs,
      async (scheduler, calls, faultsOfRun, copiesOfRun, clocksOfRun) => {
        const system = unreliableSystem(scheduler, {
          faults: [...faultsOfRun],
          copies: [...copiesOfRun],
          clocksMs: clocksOfRun,
        });

        async function placeUntilAnswered(order: ReturnType<typeof request>, requestId: string) {
          const orderId = orderIdFor(order, requestId);
          const answer = await system.placeUntilAnswered(order, requestId);
          const stored = system.items.get(orderId);
          if (stored === undefined) throw new Error(`answered and not stored: ${JSON.stringify(answer)}`);
          const isSame = canonicalText(stored) === canonicalText(order);
          expect(answer).toMatchObject(
            isSame
              ? { accepted: true, orderId, createdAt: stored.createdAt }
              : { accepted: false, error: 'IdempotencyConflict', orderId },
          );
          if (isSame) expect(system.publishedIds()).toContain(orderId);
          return answer;
        }

        const answers: Promise<OrderAnswer>[] = calls.map((each, index) =>
          placeUntilAnswered(request(each), `request-${index}`),
        );
        await scheduler.waitFor(Promise.all(answers).then(() => system.delivered()));

        // A caller that asked for each key was told yes at least once, as somebody made the order.
        expect(system.items.size).toBe(new Set(calls.map(({ key }) => key)).size);
        for (const states of system.states.values()) {
          expect(states.map(({ status }) => status)).toEqual(['NEW', 'PROCESSED']);
          const [created, processed] = states;
          expect(processed?.history.map(({ status }) => status)).toEqual(['NEW', 'PROCESSED']);
          expect(processed?.history[0]).toEqual(created?.history[0]);
          expect(processed?.history[1]?.at).toBe(processed?.processedAt);
          expect(Date.parse(processed?.processedAt ?? '')).toBeGreaterThanOrEqual(
            Date.parse(created?.createdAt ?? ''),
          );
        }
      },
    ),
    { numRuns: runsOf(1_000) },
  );
});
