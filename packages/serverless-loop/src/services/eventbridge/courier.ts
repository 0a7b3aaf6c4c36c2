import type { Clock } from '../../clock.ts';
import type { Report } from '../../facts.ts';
import type { ActiveRule, ActiveTarget } from './active-rule.ts';
import { backoffMs } from './backoff.ts';
import { deadLetterAttributes, type ExhaustedCondition, type Failure } from './dead-letter.ts';
import { type DeadLetter, type Deliver, DeliveryError } from './delivery.ts';
import type { BusEvent } from './event.ts';
import type { Tally } from './tally.ts';

export interface CourierOptions {
  clock: Clock;
  report: Report;
  deliver: Deliver;
  deadLetter(letter: DeadLetter): Promise<void>;
  random: () => number;
  /** Aborted to give up all that is under way by then. */
  signal(): AbortSignal;
  /** Counts what is under way and doesn't wait to be tried again. */
  working: Tally;
}

/** One event for one target of one rule. */
export interface Parcel {
  event: BusEvent;
  rule: ActiveRule;
  target: ActiveTarget;
}

/** Brings an event to a target; resolves when it is delivered, dead-lettered or lost, or the loop stops. Never throws. */
export type Courier = (parcel: Parcel) => Promise<void>;

/** Delivers with the target's retry policy and dead-letter queue (EventBridge guide, "Retrying event delivery"). */
export function createCourier({
  clock,
  report,
  deliver,
  deadLetter,
  random,
  signal: currentSignal,
  working,
}: CourierOptions): Courier {
  return async (parcel) => {
    const signal = currentSignal();
    let rest = working.begin();
    try {
      await bring(parcel, signal, async (pause) => {
        rest();
        await pause();
        rest = working.begin();
      });
    } finally {
      rest();
    }
  };

  async function bring(
    parcel: Parcel,
    signal: AbortSignal,
    resting: (pause: () => Promise<void>) => Promise<void>,
  ): Promise<void> {
    const startedMs = clock.elapsedMs();
    const ageMs = () => clock.elapsedMs() - startedMs;
    for (let attempts = 1; ; attempts++) {
      const error = await attempt(parcel);
      if (signal.aborted) return;
      if (!error) return report({ kind: 'delivery.succeeded', ...factOf(parcel), attempt: attempts });

      if (!error.retryable) return giveUp(parcel, { error, attempts });
      const exhausted = exhaustedBy(parcel.target, attempts, ageMs());
      if (exhausted) return giveUp(parcel, { error, attempts, exhausted });

      await resting(() => backOff(parcel, error, attempts, ageMs(), signal));
      if (signal.aborted) return;
      const expired = expiredBy(parcel.target, ageMs());
      if (expired) return giveUp(parcel, { error, attempts, exhausted: expired });
    }
  }

  async function attempt({ event, rule, target }: Parcel): Promise<DeliveryError | undefined> {
    try {
      const input = target.makeInput(event.value, {
        ruleArn: rule.arn,
        ruleName: rule.name,
        ingestionTime: new Date(event.ingestedAt).toISOString(),
        eventText: event.text,
      });
      await deliver({
        targetArn: target.arn,
        ruleArn: rule.arn,
        ruleName: rule.name,
        eventId: event.id,
        input,
        ...traceOf(event),
      });
      return undefined;
    } catch (error) {
      return asDeliveryError(error);
    }
  }

  /** Waits no longer than the event may live. */
  async function backOff(
    parcel: Parcel,
    error: DeliveryError,
    attempts: number,
    ageMs: number,
    signal: AbortSignal,
  ): Promise<void> {
    const leftMs = parcel.target.retryPolicy.maximumEventAgeSeconds * 1_000 - ageMs;
    const delayMs = Math.min(backoffMs(attempts, random), leftMs);
    report({ kind: 'delivery.retry', ...factOf(parcel), attempt: attempts, delayMs, ...wordsOf(error) });
    await pause(delayMs, signal);
  }

  function pause(delayMs: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const end = () => {
        timer.cancel();
        signal.removeEventListener('abort', end);
        resolve();
      };
      const timer = clock.after(delayMs, end);
      signal.addEventListener('abort', end);
    });
  }

  async function giveUp(parcel: Parcel, failure: Failure): Promise<void> {
    const { event, rule, target } = parcel;
    const fact = { ...factOf(parcel), attempts: failure.attempts, ...wordsOf(failure.error) };
    const queueArn = target.deadLetterArn;
    if (queueArn === undefined) return report({ kind: 'delivery.lost', ...fact });
    const attributes = deadLetterAttributes({ ruleArn: rule.arn, targetArn: target.arn }, failure);
    try {
      await deadLetter({ queueArn, ruleArn: rule.arn, body: event.text, attributes, ...traceOf(event) });
      report({ kind: 'delivery.deadLettered', ...fact, queueArn });
    } catch (error) {
      const errorMessage = `${fact.errorMessage} Its dead-letter queue ${queueArn} failed too: ${messageOf(error)}`;
      report({ kind: 'delivery.lost', ...fact, errorMessage, queueArn });
    }
  }
}

function exhaustedBy(target: ActiveTarget, attempts: number, ageMs: number): ExhaustedCondition | undefined {
  if (attempts > target.retryPolicy.maximumRetryAttempts) return 'MaximumRetryAttempts';
  return expiredBy(target, ageMs);
}

function expiredBy(target: ActiveTarget, ageMs: number): ExhaustedCondition | undefined {
  return ageMs >= target.retryPolicy.maximumEventAgeSeconds * 1_000 ? 'MaximumEventAgeInSeconds' : undefined;
}

/** What is no DeliveryError is a fault of the loop's own. */
function asDeliveryError(error: unknown): DeliveryError {
  if (error instanceof DeliveryError) return error;
  return new DeliveryError('INTERNAL_ERROR', messageOf(error), { retryable: true, cause: error });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function factOf({ event, rule, target }: Parcel) {
  return { ruleName: rule.name, busName: rule.busName, eventId: event.id, targetArn: target.arn };
}

function wordsOf(error: DeliveryError): { errorCode: string; errorMessage: string } {
  return { errorCode: error.code, errorMessage: error.message };
}

function traceOf({ traceHeader }: BusEvent): { traceHeader?: string } {
  return traceHeader === undefined ? {} : { traceHeader };
}
