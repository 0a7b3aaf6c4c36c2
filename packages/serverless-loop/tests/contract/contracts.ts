import type { ServiceContract } from './contract.ts';
import { API_GATEWAY_CONTRACT } from './services/api-gateway.ts';
import { API_GATEWAY_V2_CONTRACT } from './services/api-gateway-v2.ts';
import { CLOUDFORMATION_CONTRACT } from './services/cloudformation.ts';
import { CLOUDWATCH_CONTRACT } from './services/cloudwatch.ts';
import { DYNAMODB_CONTRACT, DYNAMODB_STREAMS_CONTRACT } from './services/dynamodb.ts';
import { EVENTBRIDGE_CONTRACT } from './services/eventbridge.ts';
import { IAM_CONTRACT } from './services/iam.ts';
import { KINESIS_CONTRACT } from './services/kinesis.ts';
import { LAMBDA_CONTRACT } from './services/lambda.ts';
import { LOGS_CONTRACT } from './services/logs.ts';
import { PIPES_CONTRACT } from './services/pipes.ts';
import { S3_CONTRACT } from './services/s3.ts';
import { SCHEDULER_CONTRACT } from './services/scheduler.ts';
import { SECRETS_MANAGER_CONTRACT } from './services/secrets-manager.ts';
import { SNS_CONTRACT } from './services/sns.ts';
import { SQS_CONTRACT } from './services/sqs.ts';
import { SSM_CONTRACT } from './services/ssm.ts';
import { STEP_FUNCTIONS_CONTRACT } from './services/step-functions.ts';
import { STS_CONTRACT } from './services/sts.ts';
import { XRAY_CONTRACT } from './services/xray.ts';

export const CONTRACTS: readonly ServiceContract[] = [
  API_GATEWAY_CONTRACT,
  API_GATEWAY_V2_CONTRACT,
  CLOUDFORMATION_CONTRACT,
  CLOUDWATCH_CONTRACT,
  DYNAMODB_CONTRACT,
  DYNAMODB_STREAMS_CONTRACT,
  EVENTBRIDGE_CONTRACT,
  IAM_CONTRACT,
  KINESIS_CONTRACT,
  LAMBDA_CONTRACT,
  LOGS_CONTRACT,
  PIPES_CONTRACT,
  S3_CONTRACT,
  SCHEDULER_CONTRACT,
  SECRETS_MANAGER_CONTRACT,
  SNS_CONTRACT,
  SQS_CONTRACT,
  SSM_CONTRACT,
  STEP_FUNCTIONS_CONTRACT,
  STS_CONTRACT,
  XRAY_CONTRACT,
];
