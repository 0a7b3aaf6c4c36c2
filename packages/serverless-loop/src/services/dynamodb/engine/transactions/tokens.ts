import type { Clock } from '../clock.ts';
import { DynamoDbError } from '../dynamodb-error.ts';
import type { JsonObject } from '../requests/shapes.ts';

/** Time for which a token makes a repeated transaction harmless (API reference, "TransactWriteItems"). */
const LIFETIME_MS = 10 * 60 * 1000;

/** The `ClientRequestToken`s of transactions that were made, with what they answered. */
export interface Tokens {
  /**
   * The answer of this very transaction before. Throws IdempotentParameterMismatchException when the token was another
   * transaction's.
   */
  answerOf(token: string, request: string): JsonObject | undefined;
  remember(token: string, request: string, answer: JsonObject): void;
  /** Forgets all transactions. */
  forgetAll(): void;
}

export function startTokens(clock: Clock): Tokens {
  const used = new Map<string, { request: string; answer: JsonObject; untilMs: number }>();
  return {
    answerOf(token, request) {
      forgetOld();
      const known = used.get(token);
      if (known && known.request !== request) {
        throw new DynamoDbError(
          'IdempotentParameterMismatchException',
          'DynamoDB rejected the request because you retried a request with a different payload but with an idempotent token that was already used.',
        );
      }
      return known?.answer;
    },
    remember(token, request, answer) {
      used.set(token, { request, answer, untilMs: clock.now() + LIFETIME_MS });
    },
    forgetAll: () => used.clear(),
  };

  /** Tokens are in the order of their use, so the old ones come first. */
  function forgetOld(): void {
    for (const [token, { untilMs }] of used) {
      if (untilMs > clock.now()) return;
      used.delete(token);
    }
  }
}
