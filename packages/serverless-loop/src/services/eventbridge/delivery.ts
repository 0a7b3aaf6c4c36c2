/** Why a target did not take an event, in the words of a dead letter (guide, "Using dead-letter queues"). */
export class DeliveryError extends Error {
  override readonly name = 'DeliveryError';
  /** E.g. NO_PERMISSIONS, NO_RESOURCE, THROTTLING, ERROR_FROM_TARGET. */
  readonly code: string;
  /** Throttles and faults of the target are tried again; a missing permission or target is not. */
  readonly retryable: boolean;

  constructor(code: string, message: string, options: { retryable: boolean; cause?: unknown }) {
    super(message, { cause: options.cause });
    this.code = code;
    this.retryable = options.retryable;
  }
}

/** Hands an event to a target; resolves when the target has accepted it, throws DeliveryError when not. */
export type Deliver = (delivery: {
  targetArn: string;
  ruleArn: string;
  ruleName: string;
  eventId: string;
  /** What the target receives, after Input, InputPath or InputTransformer. */
  input: string;
  traceHeader?: string;
}) => Promise<void>;

/** An event that could not be delivered, on its way to its rule target's dead-letter queue. */
export interface DeadLetter {
  queueArn: string;
  ruleArn: string;
  /** The original event. */
  body: string;
  attributes: Record<string, string>;
  traceHeader?: string;
}
