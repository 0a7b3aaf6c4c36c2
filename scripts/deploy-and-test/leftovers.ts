import { CloudWatchLogsClient, DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DescribeEventBusCommand, EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { Place } from './place.ts';
import type { StackResource } from './stack-record.ts';

const ABSENT = new Set([
  'ResourceNotFoundException',
  'QueueDoesNotExist',
  'AWS.SimpleQueueService.NonExistentQueue',
]);

/** Asks each service itself whether what a stack had is still there; gives what is, as `<type> <name>`. */
export function leftoversOf(place: Place, resources: readonly StackResource[]): Promise<string[]> {
  const looks = looksAt(place);
  const found = resources.map(async ({ type, physicalId }) => {
    const look = looks[type];
    const isThere = look !== undefined && (await look(physicalId).catch(absent));
    return isThere ? [`${type} ${physicalId}`] : [];
  });
  return Promise.all(found).then((lists) => lists.flat());
}

/** The types that are looked for: those that hold data or run code, and their logs. */
function looksAt(place: Place): Record<string, (physicalId: string) => Promise<boolean>> {
  const dynamodb = new DynamoDBClient(place.client());
  const lambda = new LambdaClient(place.client());
  const events = new EventBridgeClient(place.client());
  const sqs = new SQSClient(place.client());
  const logs = new CloudWatchLogsClient(place.client());
  const isLogGroup = async (name: string) => {
    const { logGroups = [] } = await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: name }));
    return logGroups.some(({ logGroupName }) => logGroupName === name);
  };
  return {
    'AWS::DynamoDB::Table': (TableName) => answered(dynamodb.send(new DescribeTableCommand({ TableName }))),
    'AWS::Lambda::Function': (FunctionName) =>
      answered(lambda.send(new GetFunctionConfigurationCommand({ FunctionName }))),
    'AWS::Events::EventBus': (Name) => answered(events.send(new DescribeEventBusCommand({ Name }))),
    'AWS::SQS::Queue': (QueueUrl) =>
      answered(sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }))),
    'AWS::Logs::LogGroup': isLogGroup,
  };
}

/**
 * The log groups that Lambda makes of its own when a function names none: they are no part of a stack, and would
 * outlive it.
 */
export function withLambdaLogGroups(resources: readonly StackResource[]): StackResource[] {
  const own = resources
    .filter(({ type }) => type === 'AWS::Lambda::Function')
    .map(({ logicalId, physicalId }) => ({
      logicalId,
      physicalId: `/aws/lambda/${physicalId}`,
      type: 'AWS::Logs::LogGroup',
    }));
  return [...resources, ...own];
}

async function answered(call: Promise<unknown>): Promise<boolean> {
  await call;
  return true;
}

function absent(error: unknown): boolean {
  if (error instanceof Error && ABSENT.has(error.name)) return false;
  throw error;
}
