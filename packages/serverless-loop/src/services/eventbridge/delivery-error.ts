import type { AwsError } from '../../aws/errors.ts';

/** A target's reason for not taking an event, in the words of a dead letter (guide, "Using dead-letter queues"). */
export class DeliveryError extends Error {
  override readonly name = 'DeliveryError';
  /** E.g. NO_PERMISSIONS, NO_RESOURCE, THROTTLING, ERROR_FROM_TARGET. */
  readonly code: string;
  /** Throttles and faults of the target are tried again; a missing permission or target is not. */
  readonly retryable: boolean;
  /** The least time that the target asks to wait. */
  readonly retryAfterMs: number | undefined;

  constructor(
    code: string,
    message: string,
    options: { retryable: boolean; retryAfterMs?: number; cause?: unknown },
  ) {
    super(message, { cause: options.cause });
    this.code = code;
    this.retryable = options.retryable;
    this.retryAfterMs = options.retryAfterMs;
  }
}

/** Words a target's refusal, which another try would meet again. */
export function refusal(error: AwsError): DeliveryError {
  const code = /AccessDenied|Authorization/.test(error.code) ? 'NO_PERMISSIONS' : 'NO_RESOURCE';
  return new DeliveryError(code, error.message, { retryable: false, cause: error });
}
