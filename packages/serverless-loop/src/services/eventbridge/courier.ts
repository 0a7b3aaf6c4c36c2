import { parseArn } from '../../aws/arn.ts';
import { backoffMs } from '../../aws/backoff.ts';
import { deliver, type ReceiverOf, type ServiceMessage } from '../../aws/delivery.ts';
import { AwsError } from '../../aws/errors.ts';
import { type Clock, pauseFor } from '../../clock.ts';
import type { Report } from '../../facts.ts';
import type { Tally } from '../../tally.ts';
import type { ActiveRule, ActiveTarget } from './active-rule.ts';
import { DeliveryError, refusal } from './delivery-error.ts';
import { logEntry } from './log-entry.ts';
import {
  deadLetterAttributes,
  type ExhaustedCondition,
  type Failure,
  messageOf,
  type Parcel,
  refuseThirdBus,
  senderOf,
  senderTo,
} from './parcel.ts';

export interface CourierOptions {
  clock: Clock;
  report: Report;
  /** Finds targets and dead-letter queues, which judge a rule by their own resource policies. */
  receiverOf: ReceiverOf;
  random: () => number;
  /** Aborted to give up all that is under way by then. */
  signal(): AbortSignal;
  /** Counts what is under way and doesn't wait to be tried again. */
  working: Tally;
}

/** Brings an event to a target; resolves when it is delivered, dead-lettered or lost, or the loop stops. Never throws. */
export type Courier = (parcel: Parcel) => Promise<void>;

/** Delivers with the target's retry policy and dead-letter queue (EventBridge guide, "Retrying event delivery"). */
export function createCourier({
  clock,
  report,
  receiverOf,
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
      refuseThirdBus(event, target);
      await handOver(target, rule, {
        ...messageOf(input, event.traceHeader, target.groupOf(event.value)),
        ...(parseArn(target.arn)?.service === 'logs' && logEntry(input)),
        ...(target.httpOf && { http: target.httpOf(event.value) }),
      });
      return undefined;
    } catch (error) {
      return asDeliveryError(error);
    }
  }

  async function handOver(target: ActiveTarget, rule: ActiveRule, message: ServiceMessage): Promise<void> {
    const { arn: targetArn } = target;
    const receiver = receiverOf(targetArn);
    if (!receiver)
      throw new DeliveryError('NO_RESOURCE', `The loop has no target ${targetArn}`, { retryable: false });
    try {
      await receiver.receive(targetArn, message, senderTo(target, rule));
    } catch (error) {
      throw error instanceof AwsError ? refusal(error) : error;
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
    // "EventBridge chooses the more conservative value" of the two (guide, "API destinations").
    const delayMs = Math.min(Math.max(backoffMs(attempts, random), error.retryAfterMs ?? 0), leftMs);
    report({ kind: 'delivery.retry', ...factOf(parcel), attempt: attempts, delayMs, ...wordsOf(error) });
    await pauseFor(clock, delayMs, signal);
  }

  async function giveUp(parcel: Parcel, failure: Failure): Promise<void> {
    const { event, rule, target } = parcel;
    const fact = { ...factOf(parcel), attempts: failure.attempts, ...wordsOf(failure.error) };
    const queueArn = target.deadLetterArn;
    if (queueArn === undefined) return report({ kind: 'delivery.lost', ...fact });
    const attributes = deadLetterAttributes(rule, target, failure);
    const letter = { ...messageOf(event.text, event.traceHeader), attributes };
    try {
      await deliver(receiverOf, queueArn, letter, senderOf(rule));
      report({ kind: 'delivery.deadLettered', ...fact, queueArn });
    } catch (error) {
      const errorMessage = `${fact.errorMessage} Its dead-letter queue ${queueArn} failed too: ${textOf(error)}`;
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

/** Takes all else for a fault of the loop's own. */
function asDeliveryError(error: unknown): DeliveryError {
  if (error instanceof DeliveryError) return error;
  return new DeliveryError('INTERNAL_ERROR', textOf(error), { retryable: true, cause: error });
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function factOf({ event, rule, target }: Parcel) {
  return { ruleName: rule.name, busName: rule.busName, eventId: event.id, targetArn: target.arn };
}

function wordsOf(error: DeliveryError): { errorCode: string; errorMessage: string } {
  return { errorCode: error.code, errorMessage: error.message };
}
