import { AwsError } from '../../aws/errors.ts';
import type { JsonObject } from '../../aws/operation.ts';

/** How long a token makes a repeated transaction harmless (API reference, "TransactWriteItems"). */
const LIFETIME_MS = 10 * 60 * 1000;

const MAX_LENGTH = 36;

/** The token of a transaction's input, if it has one. Throws AwsError when it is no token. */
export function requestTokenOf({ ClientRequestToken: token }: JsonObject): string | undefined {
  if (typeof token !== 'string') return undefined;
  if (token.length > 0 && token.length <= MAX_LENGTH) return token;
  const bound = token === '' ? 'greater than or equal to 1' : `less than or equal to ${MAX_LENGTH}`;
  throw new AwsError(
    'ValidationException',
    `1 validation error detected: Value '${token}' at 'clientRequestToken' failed to satisfy constraint: Member must have length ${bound}`,
  );
}

/** The `ClientRequestToken`s of transactions that were made. */
export function startRequestTokens(now: () => number = Date.now) {
  const used = new Map<string, { input: string; untilMs: number }>();
  return {
    /** Whether this very transaction was made before. Throws AwsError when the token was another transaction's. */
    isRepeat(token: string, input: string): boolean {
      forgetOld();
      const known = used.get(token);
      if (known && known.input !== input) {
        throw new AwsError(
          'IdempotentParameterMismatchException',
          'The ClientRequestToken was used with other parameters in the last ten minutes',
        );
      }
      return known !== undefined;
    },
    remember(token: string, input: string): void {
      used.set(token, { input, untilMs: now() + LIFETIME_MS });
    },
  };

  /** Tokens are in the order of their use, so the old ones come first. */
  function forgetOld(): void {
    for (const [token, { untilMs }] of used) {
      if (untilMs > now()) return;
      used.delete(token);
    }
  }
}
