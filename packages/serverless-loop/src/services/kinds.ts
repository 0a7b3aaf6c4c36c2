import { Kinds } from '../template/kinds.ts';
import { apiGatewayKinds } from './apigateway/template/kinds.ts';
import { cloudFormationKinds } from './cloudformation/template/kinds.ts';
import { cloudWatchKinds } from './cloudwatch/template/kinds.ts';
import { dynamoDbKinds } from './dynamodb/template/kinds.ts';
import { eventBridgeKinds } from './eventbridge/template/kinds.ts';
import { iamKinds } from './iam/template/kinds.ts';
import { kinesisKinds } from './kinesis/template/kinds.ts';
import { lambdaKinds } from './lambda/template/kinds.ts';
import { logsKinds } from './logs/template/kinds.ts';
import { namedKinds } from './named/template/kinds.ts';
import { s3Kinds } from './s3/template/kinds.ts';
import { schedulerKinds } from './scheduler/template/kinds.ts';
import { secretsManagerKinds } from './secretsmanager/template/kinds.ts';
import { snsKinds } from './sns/template/kinds.ts';
import { sqsKinds } from './sqs/template/kinds.ts';
import { ssmKinds } from './ssm/template/kinds.ts';
import { stepFunctionsKinds } from './stepfunctions/template/kinds.ts';
import { xrayKinds } from './xray/template/kinds.ts';

/** Every kind of resource that the loop knows, in the order in which the start tells them. */
export const kinds = new Kinds([
  ...lambdaKinds,
  ...apiGatewayKinds,
  ...dynamoDbKinds,
  ...stepFunctionsKinds,
  ...eventBridgeKinds,
  ...schedulerKinds,
  ...sqsKinds,
  ...snsKinds,
  ...kinesisKinds,
  ...s3Kinds,
  ...ssmKinds,
  ...secretsManagerKinds,
  ...cloudFormationKinds,
  ...cloudWatchKinds,
  ...iamKinds,
  ...logsKinds,
  ...xrayKinds,
  ...namedKinds,
]);
