import { parseArn } from '../../aws/arn.ts';
import type { MessageAttribute, Sender, ServiceMessage } from '../../aws/delivery.ts';
import type { ActiveRule, ActiveTarget } from './active-rule.ts';
import { DeliveryError } from './delivery-error.ts';
import type { BusEvent } from './event.ts';

/** One event for one target of one rule. */
export interface Parcel {
  event: BusEvent;
  rule: ActiveRule;
  target: ActiveTarget;
}

/** A limit of a rule target's retry policy that ended its retries. */
export type ExhaustedCondition = 'MaximumRetryAttempts' | 'MaximumEventAgeInSeconds';

/** Targets that let EventBridge in by policies of their own, whatever role a target has. */
const BY_POLICY = new Set(['lambda', 'logs', 'sns', 'sqs']);

/** Other targets see the target's role act (EventBridge guide, "Using identity-based policies"). */
export function senderTo({ arn, roleArn }: ActiveTarget, rule: ActiveRule): Sender {
  const isByPolicy = BY_POLICY.has(parseArn(arn)?.service ?? '');
  return roleArn === undefined || isByPolicy ? senderOf(rule) : { name: rule.name, role: { arn: roleArn } };
}

/** An event that a bus has from another one is sent to no third (EventBridge guide, "Sending and receiving events between event buses"). */
export function refuseThirdBus({ isForwarded }: BusEvent, { arn }: ActiveTarget): void {
  if (isForwarded && parseArn(arn)?.service === 'events')
    throw new DeliveryError(
      'INVALID_PARAMETER',
      'An event that came from another bus is not passed on to a third one.',
      { retryable: false },
    );
}

/** Targets and dead-letter queues see EventBridge act for the rule (EventBridge guide, "Using resource-based policies"). */
export function senderOf(rule: ActiveRule): Sender {
  return { service: 'events.amazonaws.com', sourceArn: rule.arn };
}

export function messageOf(body: string, traceHeader: string | undefined, groupId?: string): ServiceMessage {
  return {
    body,
    ...(traceHeader !== undefined && { traceHeader }),
    ...(groupId !== undefined && { groupId }),
  };
}

/** Message attributes as the guide's "Using dead-letter queues to process undelivered events" lists them. */
export function deadLetterAttributes(
  rule: ActiveRule,
  target: ActiveTarget,
  { error, attempts, exhausted }: Failure,
): Record<string, MessageAttribute> {
  const texts = {
    RULE_ARN: rule.arn,
    TARGET_ARN: target.arn,
    ERROR_CODE: error.code,
    ERROR_MESSAGE: error.message,
    RETRY_ATTEMPTS: String(attempts - 1),
    ...(exhausted === undefined ? {} : { EXHAUSTED_RETRY_CONDITION: exhausted }),
  };
  return Object.fromEntries(
    Object.entries(texts).map(([name, value]) => [name, { dataType: 'String', value }]),
  );
}

/** The end of a delivery without success. */
export interface Failure {
  error: DeliveryError;
  /** All that were made, the first one too. */
  attempts: number;
  /** Absent when no limit ended it. */
  exhausted?: ExhaustedCondition;
}
