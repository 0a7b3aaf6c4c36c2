import type { CloudWatch } from '../services/cloudwatch/cloudwatch.ts';
import type { DynamoDb } from '../services/dynamodb/dynamodb.ts';
import type { EventBridge } from '../services/eventbridge/eventbridge.ts';
import type { Kinesis } from '../services/kinesis/kinesis.ts';
import type { AsyncInvocation } from '../services/lambda/async/async-invocation.ts';
import type { EventSources } from '../services/lambda/event-sources/event-sources.ts';
import type { Logs } from '../services/logs/logs.ts';
import type { Pipes } from '../services/pipes/pipes.ts';
import type { Scheduler } from '../services/scheduler/scheduler.ts';
import type { SecretsManager } from '../services/secretsmanager/secrets-manager.ts';
import type { Sqs } from '../services/sqs/sqs.ts';
import type { Ssm } from '../services/ssm/ssm.ts';
import type { StepFunctions } from '../services/stepfunctions/stepfunctions.ts';
import type { XRay } from '../services/xray/xray.ts';

export interface ResetServices {
  dynamodb: Pick<DynamoDb, 'clear'>;
  sqs: Sqs;
  ssm: Ssm;
  secretsManager: SecretsManager;
  kinesis: Kinesis;
  logs: Logs;
  cloudwatch: CloudWatch;
  xray: XRay;
  eventbridge: EventBridge;
  scheduler: Scheduler;
  stepFunctions: StepFunctions;
  asyncInvocation: AsyncInvocation;
  eventSources: EventSources;
  pipes: Pipes;
}

export interface Reset {
  /** Takes what empties a service that was started later. */
  add(empty: () => Promise<void>): void;
  /** Drops what waits to be tried again, lets end what runs, and then empties all. */
  run(): Promise<void>;
}

/** Leaves a loop as it was when it was ready: its resources, and nothing in them. */
export function resetOf(services: ResetServices, settled: () => Promise<void>): Reset {
  const {
    dynamodb,
    sqs,
    ssm,
    secretsManager,
    kinesis,
    logs,
    cloudwatch,
    xray,
    eventbridge,
    scheduler,
    stepFunctions,
    asyncInvocation,
    eventSources,
    pipes,
  } = services;
  const later: (() => Promise<void>)[] = [];

  return {
    add: (empty) => later.push(empty),
    async run() {
      eventbridge.drop();
      scheduler.drop();
      stepFunctions.clear();
      asyncInvocation.drop();
      eventSources.drop();
      pipes.drop();
      logs.drop();
      await settled();
      await dynamodb.clear();
      sqs.clear();
      ssm.clear();
      secretsManager.clear();
      kinesis.clear();
      eventbridge.clear();
      for (const empty of later) await empty();
      // Last, since emptying others may be told of.
      logs.clear();
      cloudwatch.clear();
      xray.clear();
    },
  };
}
