import type { ApiGateway } from '../services/apigateway/apigateway.ts';
import { apiGatewayHeldKinds } from '../services/apigateway/held-kinds.ts';
import type { CloudWatch } from '../services/cloudwatch/cloudwatch.ts';
import { cloudWatchHeldKinds } from '../services/cloudwatch/held-kinds.ts';
import type { DynamoDb } from '../services/dynamodb/dynamodb.ts';
import { dynamoDbHeldKinds } from '../services/dynamodb/held-kinds.ts';
import type { EventBridge } from '../services/eventbridge/eventbridge.ts';
import { eventBridgeHeldKinds } from '../services/eventbridge/held-kinds.ts';
import type { Iam } from '../services/iam/authorize.ts';
import { iamHeldKinds } from '../services/iam/held-kinds.ts';
import { kinesisHeldKinds } from '../services/kinesis/held-kinds.ts';
import type { Kinesis } from '../services/kinesis/kinesis.ts';
import type { EventSources } from '../services/lambda/event-sources/event-sources.ts';
import type { Lambda } from '../services/lambda/functions.ts';
import { lambdaHeldKinds } from '../services/lambda/held-kinds.ts';
import { logsHeldKinds, subscriptionHeldKinds } from '../services/logs/held-kinds.ts';
import type { Logs } from '../services/logs/logs.ts';
import { pipesHeldKinds } from '../services/pipes/held-kinds.ts';
import type { Pipes } from '../services/pipes/pipes.ts';
import { s3HeldKinds } from '../services/s3/held-kinds.ts';
import type { S3 } from '../services/s3/s3.ts';
import { schedulerHeldKinds } from '../services/scheduler/held-kinds.ts';
import type { Scheduler } from '../services/scheduler/scheduler.ts';
import { secretsHeldKinds } from '../services/secretsmanager/held-kinds.ts';
import type { SecretsManager } from '../services/secretsmanager/secrets-manager.ts';
import { snsHeldKinds } from '../services/sns/held-kinds.ts';
import type { Sns } from '../services/sns/sns.ts';
import { sqsHeldKinds } from '../services/sqs/held-kinds.ts';
import type { Sqs } from '../services/sqs/sqs.ts';
import { ssmHeldKinds } from '../services/ssm/held-kinds.ts';
import type { Ssm } from '../services/ssm/ssm.ts';
import { stepFunctionsHeldKinds } from '../services/stepfunctions/held-kinds.ts';
import type { StepFunctions } from '../services/stepfunctions/stepfunctions.ts';
import type { HeldKind } from '../template/held-kind.ts';

export interface StackServices {
  iam: Iam;
  lambda: Lambda;
  eventSources: Pick<EventSources, 'mappings'>;
  logs: Logs;
  dynamodb: DynamoDb;
  sqs: Sqs;
  kinesis: Kinesis;
  eventbridge: EventBridge;
  scheduler: Scheduler;
  pipes: Pipes;
  stepFunctions: StepFunctions;
  sns: Sns;
  ssm: Ssm;
  secretsManager: SecretsManager;
  cloudwatch: CloudWatch;
  apiGateway: ApiGateway;
  /** Loaded when it is first asked for. */
  s3(): Promise<Pick<S3, 'buckets' | 'objectAt'>>;
  cacheDir: string;
}

/** The loop's services as stacks use them that come, change and go while it runs, in the order in which parts are made. */
export function heldKinds({ lambda, s3, cacheDir, ...services }: StackServices): HeldKind[] {
  return [
    ...iamHeldKinds(services.iam),
    ...logsHeldKinds(services.logs),
    ...s3HeldKinds(s3),
    ...ssmHeldKinds(services.ssm),
    ...secretsHeldKinds(services.secretsManager),
    ...dynamoDbHeldKinds(services.dynamodb),
    ...sqsHeldKinds(services.sqs),
    ...kinesisHeldKinds(services.kinesis),
    ...lambdaHeldKinds({
      lambda,
      eventSources: services.eventSources.mappings,
      zipAt: async (code) => (await s3()).objectAt(code),
      cacheDir,
    }),
    ...subscriptionHeldKinds(services.logs),
    ...apiGatewayHeldKinds(services.apiGateway),
    ...stepFunctionsHeldKinds(services.stepFunctions),
    ...eventBridgeHeldKinds(services.eventbridge),
    ...schedulerHeldKinds(services.scheduler),
    ...snsHeldKinds(services.sns),
    ...pipesHeldKinds(services.pipes),
    ...cloudWatchHeldKinds(services.cloudwatch),
  ];
}
