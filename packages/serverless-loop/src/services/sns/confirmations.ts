import { randomBytes } from 'node:crypto';
import { DAY_MS } from '../../aws/time-units.ts';
import type { SubscriptionModel } from '../../template/model.ts';

/** A subscription of an endpoint that has to agree (SNS API reference, "ConfirmSubscription"). */
export interface Confirmation {
  isPending: boolean;
  /** Whoever confirmed it had signed the call. */
  wasAuthenticated: boolean;
  /** Only a signed call ends it. */
  needsSignature: boolean;
}

interface Asked {
  topicArn: string;
  subscription: SubscriptionModel & { arn: string };
  askedAtMs: number;
}

/** "Confirmation tokens are valid for two days" (SNS API reference, "Subscribe"). */
const TOKEN_DAYS = 2;
const TOKEN_BYTES = 128;

/** The subscriptions that endpoints were asked to confirm, and what they said. */
export class Confirmations {
  readonly #byArn = new Map<string, Confirmation>();
  readonly #byToken = new Map<string, Asked>();

  /** Undefined for a subscription that needs no confirmation. */
  of(arn: string): Confirmation | undefined {
    return this.#byArn.get(arn);
  }

  /** Waits for the answer of an endpoint, from now on. */
  expect(arn: string): void {
    this.#byArn.set(arn, { isPending: true, wasAuthenticated: false, needsSignature: false });
  }

  tokenFor(asked: Asked): string {
    const token = randomBytes(TOKEN_BYTES).toString('hex');
    this.#byToken.set(token, asked);
    return token;
  }

  /** Undefined for a token that nobody was given, or too long ago. */
  confirm(
    token: string,
    nowMs: number,
    how: Pick<Confirmation, 'wasAuthenticated' | 'needsSignature'>,
  ): Asked | undefined {
    const asked = this.#byToken.get(token);
    if (!asked || nowMs - asked.askedAtMs > TOKEN_DAYS * DAY_MS) return undefined;
    const { arn } = asked.subscription;
    if (this.#byArn.get(arn)?.isPending ?? true) this.#byArn.set(arn, { isPending: false, ...how });
    return asked;
  }

  forget(arn: string): void {
    this.#byArn.delete(arn);
  }
}
