import type { Context } from 'aws-lambda';
import type { Telemetry } from './telemetry.ts';

/** The part of Lambda's context that the functions use. */
export type Invocation = Pick<Context, 'awsRequestId' | 'getRemainingTimeInMillis'>;

/**
 * Makes a Lambda handler of a function: every log line says whose invocation it is, metrics are written also when
 * the function throws, and what it throws is logged once, traced, and thrown on to Lambda.
 */
export function instrument<Answer>(
  { logger, metrics, tracing }: Telemetry,
  handle: (event: unknown, invocation: Invocation) => Promise<Answer>,
): (event: unknown, context: Context) => Promise<Answer> {
  return async (event, context) => {
    logger.refreshSampleRateCalculation();
    logger.addContext(context);
    logger.setCorrelationId(context.awsRequestId);
    logger.debug('invocation started', { remainingMs: context.getRemainingTimeInMillis() });
    metrics.captureColdStartMetric(context.functionName);
    try {
      return await tracing.inSubsegment(`## ${context.functionName}`, () => {
        tracing.annotateInvocation();
        return handle(event, context);
      });
    } catch (error) {
      logger.error('invocation failed', error instanceof Error ? error : `thrown: ${typeof error}`);
      throw error;
    } finally {
      logger.debug('invocation ended', { remainingMs: context.getRemainingTimeInMillis() });
      if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
      logger.resetKeys();
    }
  };
}
