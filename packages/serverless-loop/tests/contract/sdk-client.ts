import * as apigateway from '@aws-sdk/client-api-gateway';
import * as apigatewayv2 from '@aws-sdk/client-apigatewayv2';
import * as cloudformation from '@aws-sdk/client-cloudformation';
import * as cloudwatch from '@aws-sdk/client-cloudwatch';
import * as logs from '@aws-sdk/client-cloudwatch-logs';
import * as dynamodb from '@aws-sdk/client-dynamodb';
import * as dynamodbstreams from '@aws-sdk/client-dynamodb-streams';
import * as events from '@aws-sdk/client-eventbridge';
import * as iam from '@aws-sdk/client-iam';
import * as kinesis from '@aws-sdk/client-kinesis';
import * as lambda from '@aws-sdk/client-lambda';
import * as pipes from '@aws-sdk/client-pipes';
import * as s3 from '@aws-sdk/client-s3';
import * as scheduler from '@aws-sdk/client-scheduler';
import * as secretsmanager from '@aws-sdk/client-secrets-manager';
import * as stepfunctions from '@aws-sdk/client-sfn';
import * as sns from '@aws-sdk/client-sns';
import * as sqs from '@aws-sdk/client-sqs';
import * as ssm from '@aws-sdk/client-ssm';
import * as sts from '@aws-sdk/client-sts';
import * as xray from '@aws-sdk/client-xray';
import type { Loop } from '../../src/loop/loop.ts';
import { clientOptions } from '../loop-in-process.ts';
import type { Members, WireClient } from './contract.ts';

interface Client {
  send(command: unknown): Promise<Members>;
  destroy(): void;
}

/** By the names that boto3 has for them. */
const PACKAGES: Readonly<Record<string, [exported: object, client: (options: object) => unknown]>> = {
  apigateway: [apigateway, (options) => new apigateway.APIGatewayClient(options)],
  apigatewayv2: [apigatewayv2, (options) => new apigatewayv2.ApiGatewayV2Client(options)],
  cloudformation: [cloudformation, (options) => new cloudformation.CloudFormationClient(options)],
  cloudwatch: [cloudwatch, (options) => new cloudwatch.CloudWatchClient(options)],
  dynamodb: [dynamodb, (options) => new dynamodb.DynamoDBClient(options)],
  dynamodbstreams: [dynamodbstreams, (options) => new dynamodbstreams.DynamoDBStreamsClient(options)],
  events: [events, (options) => new events.EventBridgeClient(options)],
  iam: [iam, (options) => new iam.IAMClient(options)],
  kinesis: [kinesis, (options) => new kinesis.KinesisClient(options)],
  lambda: [lambda, (options) => new lambda.LambdaClient(options)],
  logs: [logs, (options) => new logs.CloudWatchLogsClient(options)],
  pipes: [pipes, (options) => new pipes.PipesClient(options)],
  s3: [s3, (options) => new s3.S3Client(options)],
  scheduler: [scheduler, (options) => new scheduler.SchedulerClient(options)],
  secretsmanager: [secretsmanager, (options) => new secretsmanager.SecretsManagerClient(options)],
  sns: [sns, (options) => new sns.SNSClient(options)],
  sqs: [sqs, (options) => new sqs.SQSClient(options)],
  ssm: [ssm, (options) => new ssm.SSMClient(options)],
  stepfunctions: [stepfunctions, (options) => new stepfunctions.SFNClient(options)],
  sts: [sts, (options) => new sts.STSClient(options)],
  xray: [xray, (options) => new xray.XRayClient(options)],
};

/** The SDK's own clients of a loop. */
export function sdkClient(loop: Loop): WireClient & { stop(): void } {
  const clients = new Map<string, Client>();

  function clientOf(service: string): Client {
    const known = clients.get(service);
    if (known) return known;
    const options = { ...clientOptions(loop), forcePathStyle: true, disableHostPrefix: true };
    const client = packageOf(service)[1](options);
    if (!isClient(client)) throw new TypeError(`${service} has no client.`);
    clients.set(service, client);
    return client;
  }

  async function output(service: string, operation: string, input: Members): Promise<Members> {
    const { $metadata: _, ...members } = await clientOf(service).send(commandOf(service, operation, input));
    return JSON.parse(JSON.stringify(members, withoutStreams));
  }

  return {
    output,
    async refusal(service, operation, input) {
      try {
        await clientOf(service).send(commandOf(service, operation, input));
      } catch (error) {
        const code = codeOf(error);
        // An answer to HEAD has no code: clients make one of its status.
        return service === 's3' && code === 'NotFound' ? '404' : code;
      }
      throw new Error(`${service} ${operation} was answered`);
    },
    async pages(service, operation, input) {
      const paginate: unknown = Reflect.get(packageOf(service)[0], `paginate${operation}`);
      // S3 names a next part behind the last one, too: the SDK's pages of it never end.
      if (typeof paginate !== 'function' || operation === 'ListParts') return undefined;
      const pages: Members[] = [];
      for await (const { $metadata: _, ...page } of paginate(
        { client: clientOf(service), pageSize: 1, stopOnSameToken: true },
        // It writes the token into what it is given.
        { ...input },
      ))
        pages.push(JSON.parse(JSON.stringify(page, withoutStreams)));
      return pages;
    },
    stop() {
      for (const client of clients.values()) client.destroy();
    },
  };
}

function packageOf(service: string) {
  const found = PACKAGES[service];
  if (!found) throw new TypeError(`No client of ${service} is here.`);
  return found;
}

function commandOf(service: string, operation: string, input: Members): unknown {
  const command: unknown = Reflect.get(packageOf(service)[0], `${operation}Command`);
  if (typeof command !== 'function') throw new TypeError(`The SDK has no ${operation} of ${service}.`);
  return Reflect.construct(command, [input]);
}

function isClient(client: unknown): client is Client {
  return typeof client === 'object' && client !== null && 'send' in client;
}

/** Of a body that streams JSON has nothing to say. */
function withoutStreams(_name: string, value: unknown): unknown {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value ? undefined : value;
}

/** As the service has it: the SDK calls some errors otherwise. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error) || !('$metadata' in error)) throw error;
  const { Code } = Object(error);
  return typeof Code === 'string' ? Code : error.name;
}
