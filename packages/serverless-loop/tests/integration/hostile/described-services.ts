import type { Operation } from '../../../src/aws/service.ts';
import { CLOUD_CONTROL } from '../../../src/services/cloudcontrol/service.ts';
import { CLOUDFORMATION } from '../../../src/services/cloudformation/service.ts';
import { CLOUDWATCH } from '../../../src/services/cloudwatch/service.ts';
import { DYNAMODB, DYNAMODB_STREAMS } from '../../../src/services/dynamodb/api/service.ts';
import { EVENTBRIDGE } from '../../../src/services/eventbridge/service.ts';
import { IAM } from '../../../src/services/iam/iam-service.ts';
import { STS } from '../../../src/services/iam/sts-service.ts';
import { LAMBDA } from '../../../src/services/lambda/api/service.ts';
import { LAMBDA_FOR_TOOLS } from '../../../src/services/lambda/api/tool-service.ts';
import { LOGS } from '../../../src/services/logs/service.ts';
import { S3_SERVICE } from '../../../src/services/s3/service.ts';
import { SCHEMAS } from '../../../src/services/schemas/service.ts';
import { SNS } from '../../../src/services/sns/service.ts';
import { SQS } from '../../../src/services/sqs/service.ts';
import { XRAY } from '../../../src/services/xray/service.ts';
import {
  cborRequest,
  formRequest,
  jsonRequest,
  restRequest,
  restXmlRequest,
  type WireRequest,
} from './described-request.ts';

export type DescribedOperation = Pick<Operation<never>, 'input' | 'route' | 'header'>;
type ToWire = (name: string, operation: DescribedOperation, input: Record<string, unknown>) => WireRequest;

/** A service's table of operations, in one of the protocols that it speaks. */
export interface DescribedService {
  signingName: string;
  operations: Readonly<Record<string, DescribedOperation>>;
  request: ToWire;
}

interface Description {
  signingName: string;
  json?: { targetPrefix: string };
  operations: DescribedService['operations'];
}

const inProtocol =
  (request: (description: Description) => ToWire) =>
  (description: Description): DescribedService => ({
    signingName: description.signingName,
    operations: description.operations,
    request: request(description),
  });

const json = inProtocol(
  ({ json: { targetPrefix = '' } = {} }) =>
    (name, _operation, input) =>
      jsonRequest(`${targetPrefix}.${name}`, input),
);
const cbor = inProtocol(
  ({ json: { targetPrefix = '' } = {} }) =>
    (name, { input: shape }, input) =>
      cborRequest(`/service/${targetPrefix}/operation/${name}`, shape, input),
);
const query = inProtocol(
  () =>
    (name, { input: shape }, input) =>
      formRequest(name, shape, input),
);
const rest = inProtocol(() => (_name, operation, input) => restRequest(operation, input));
const restXml = inProtocol(() => (_name, operation, input) => restXmlRequest(operation, input));

/** Every service of the loop, in every protocol that it speaks; CloudFormation, which makes and deletes the others' resources, last. */
export const SERVICES: readonly (readonly [name: string, service: DescribedService])[] = [
  ['DynamoDB', json(DYNAMODB)],
  ['DynamoDB streams', json(DYNAMODB_STREAMS)],
  ['EventBridge', json(EVENTBRIDGE)],
  ['SNS', query(SNS)],
  ['CloudWatch, by JSON', json(CLOUDWATCH)],
  ['CloudWatch, by CBOR', cbor(CLOUDWATCH)],
  ['CloudWatch, by forms', query(CLOUDWATCH)],
  ['CloudWatch Logs', json(LOGS)],
  ['X-Ray', rest(XRAY)],
  ['IAM', query(IAM)],
  ['STS', query(STS)],
  ['Cloud Control', json(CLOUD_CONTROL)],
  ['Schemas', rest(SCHEMAS)],
  ['S3', restXml(S3_SERVICE)],
  ['SQS, by JSON', json(SQS)],
  ['SQS, by forms', query(SQS)],
  ['Lambda', rest(LAMBDA)],
  ['Lambda, for tools', rest(LAMBDA_FOR_TOOLS)],
  ['CloudFormation', query(CLOUDFORMATION)],
];
