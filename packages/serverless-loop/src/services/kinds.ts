import { Kinds } from '../template/kinds.ts';
import { API_GATEWAY_KINDS } from './apigateway/template/kinds.ts';
import { CLOUDFORMATION_KINDS } from './cloudformation/template/kinds.ts';
import { CLOUDWATCH_KINDS } from './cloudwatch/template/kinds.ts';
import { DYNAMODB_KINDS } from './dynamodb/template/kinds.ts';
import { EVENTBRIDGE_KINDS } from './eventbridge/template/kinds.ts';
import { IAM_KINDS } from './iam/template/kinds.ts';
import { KINESIS_KINDS } from './kinesis/template/kinds.ts';
import { LAMBDA_KINDS } from './lambda/template/kinds.ts';
import { LOGS_KINDS } from './logs/template/kinds.ts';
import { NAMED_KINDS } from './named/template/kinds.ts';
import { PIPES_KINDS } from './pipes/template/kinds.ts';
import { S3_KINDS } from './s3/template/kinds.ts';
import { SCHEDULER_KINDS } from './scheduler/template/kinds.ts';
import { SECRETS_MANAGER_KINDS } from './secretsmanager/template/kinds.ts';
import { SNS_KINDS } from './sns/template/kinds.ts';
import { SQS_KINDS } from './sqs/template/kinds.ts';
import { SSM_KINDS } from './ssm/template/kinds.ts';
import { STEP_FUNCTIONS_KINDS } from './stepfunctions/template/kinds.ts';
import { XRAY_KINDS } from './xray/template/kinds.ts';

/** Every kind of resource that the loop knows, in the order in which the start tells them. */
export const kinds = new Kinds([
  ...LAMBDA_KINDS,
  ...API_GATEWAY_KINDS,
  ...DYNAMODB_KINDS,
  ...STEP_FUNCTIONS_KINDS,
  ...EVENTBRIDGE_KINDS,
  ...SCHEDULER_KINDS,
  ...PIPES_KINDS,
  ...SQS_KINDS,
  ...SNS_KINDS,
  ...KINESIS_KINDS,
  ...S3_KINDS,
  ...SSM_KINDS,
  ...SECRETS_MANAGER_KINDS,
  ...CLOUDFORMATION_KINDS,
  ...CLOUDWATCH_KINDS,
  ...IAM_KINDS,
  ...LOGS_KINDS,
  ...XRAY_KINDS,
  ...NAMED_KINDS,
]);
