import type { DeadLetter, DeliveryError } from './delivery.ts';

/** A limit of a rule target's retry policy that ended its retries. */
export type ExhaustedCondition = 'MaximumRetryAttempts' | 'MaximumEventAgeInSeconds';

/** How a delivery ended without success. */
export interface Failure {
  error: DeliveryError;
  /** All that were made, the first one too. */
  attempts: number;
  /** Absent when no limit ended it. */
  exhausted?: ExhaustedCondition;
}

/** Message attributes as the guide's "Using dead-letter queues to process undelivered events" lists them. */
export function deadLetterAttributes(
  letter: Pick<DeadLetter, 'ruleArn'> & { targetArn: string },
  { error, attempts, exhausted }: Failure,
): Record<string, string> {
  return {
    RULE_ARN: letter.ruleArn,
    TARGET_ARN: letter.targetArn,
    ERROR_CODE: error.code,
    ERROR_MESSAGE: error.message,
    RETRY_ATTEMPTS: String(attempts - 1),
    ...(exhausted === undefined ? {} : { EXHAUSTED_RETRY_CONDITION: exhausted }),
  };
}
