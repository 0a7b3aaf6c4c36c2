import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics } from '@aws-lambda-powertools/metrics';
import type { Environment } from './config.ts';
import { startTracing, type Tracing } from './tracing.ts';

/** A function's log, metrics and traces. One for each execution environment, made when it starts. */
export interface Telemetry {
  logger: Logger;
  metrics: Metrics;
  tracing: Tracing;
}

/** Starts logging, counting and tracing under a service's name. Two stacks in one account count apart. */
export function startTelemetry(serviceName: string, stackName: string, environment: Environment): Telemetry {
  // Where Lambda's level is set, Powertools knows no other and samples nothing. Lambda itself has read it by now, and
  // drops lines below it all the same.
  if (environment.POWERTOOLS_LOG_LEVEL) delete environment.AWS_LAMBDA_LOG_LEVEL;
  return {
    logger: new Logger({ serviceName }),
    metrics: new Metrics({
      namespace: 'ServerlessSnacks',
      serviceName,
      defaultDimensions: { stack: stackName },
    }),
    tracing: startTracing(serviceName),
  };
}
