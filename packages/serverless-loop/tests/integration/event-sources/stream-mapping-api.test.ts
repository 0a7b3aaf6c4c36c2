import { CreateTableCommand } from '@aws-sdk/client-dynamodb';
import {
  CreateEventSourceMappingCommand,
  GetEventSourceMappingCommand,
  UpdateEventSourceMappingCommand,
} from '@aws-sdk/client-lambda';
import { expect, test } from 'vitest';
import { tableLoop, tableProject } from './table-project.ts';

const FUNCTION_ARN = 'arn:aws:lambda:us-east-1:000000000000:function:packer';
const LOST_ARN = 'arn:aws:sqs:us-east-1:000000000000:lost';

/** With a table of the test's own beside it, whose stream has its label by the time of its making. */
async function loopWithTable(policies: string) {
  const running = await tableLoop(
    tableProject(', Enabled: false', { functionProperties: `      Policies: ${policies}` }),
  );
  const { TableDescription } = await running.dynamodb.send(
    new CreateTableCommand({
      TableName: 'parcels',
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'name', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'name', KeyType: 'HASH' }],
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'KEYS_ONLY' },
    }),
  );
  const { LatestStreamArn: streamArn = '' } = TableDescription ?? {};
  const create = (input: object) =>
    running.lambda.send(
      new CreateEventSourceMappingCommand({
        FunctionName: 'packer',
        EventSourceArn: streamArn,
        StartingPosition: 'TRIM_HORIZON',
        ...input,
      }),
    );
  const refusal = (input: object) =>
    create(input).then(
      () => 'taken',
      (error: Error) => `${error.name}: ${error.message}`,
    );
  return { ...running, streamArn, create, refusal };
}

test('the mapping of a stream is made with its defaults, changed and read by the API', async () => {
  const { loop, lambda, streamArn, create, put } = await loopWithTable('[]');
  const made = await create({});
  const { UUID } = made;
  // Members and defaults: LocalStack's record, test_lambda_integration_dynamodbstreams.snapshot.json,
  // test_deletion_event_source_mapping_with_dynamodb.
  expect(made).toMatchObject({
    $metadata: { httpStatusCode: 202 },
    BatchSize: 100,
    BisectBatchOnFunctionError: false,
    DestinationConfig: { OnFailure: {} },
    EventSourceArn: streamArn,
    FunctionArn: FUNCTION_ARN,
    FunctionResponseTypes: [],
    LastProcessingResult: 'No records processed',
    MaximumBatchingWindowInSeconds: 0,
    MaximumRecordAgeInSeconds: -1,
    MaximumRetryAttempts: -1,
    ParallelizationFactor: 1,
    StartingPosition: 'TRIM_HORIZON',
    State: 'Creating',
    StateTransitionReason: 'User action',
    TumblingWindowInSeconds: 0,
  });
  const changed = await lambda.send(
    new UpdateEventSourceMappingCommand({
      UUID,
      BatchSize: 7,
      BisectBatchOnFunctionError: true,
      DestinationConfig: { OnFailure: { Destination: LOST_ARN } },
      MaximumRecordAgeInSeconds: 60,
      MaximumRetryAttempts: 3,
      ParallelizationFactor: 2,
    }),
  );
  expect(changed).toMatchObject({ State: 'Updating', StartingPosition: 'TRIM_HORIZON' });
  expect(await lambda.send(new GetEventSourceMappingCommand({ UUID }))).toMatchObject({
    State: 'Enabled',
    BatchSize: 7,
    BisectBatchOnFunctionError: true,
    DestinationConfig: { OnFailure: { Destination: LOST_ARN } },
    MaximumRecordAgeInSeconds: 60,
    MaximumRetryAttempts: 3,
    ParallelizationFactor: 2,
  });

  const ofTemplate = loop.physicalId('PackerBoxes');
  await lambda.send(new UpdateEventSourceMappingCommand({ UUID: ofTemplate, Enabled: true }));
  await put('a box');
  await loop.idle();
  const found = await lambda.send(new GetEventSourceMappingCommand({ UUID: ofTemplate }));
  expect(found.LastProcessingResult).toBe('OK');
});

test('Lambda’s refusals of streams are its own', async () => {
  const { streamArn, create, refusal } = await loopWithTable('[]');
  // LocalStack's record, test_lambda_api.snapshot.json, test_create_event_source_validation.
  expect(await refusal({ StartingPosition: undefined })).toBe(
    "InvalidParameterValueException: 1 validation error detected: Value null at 'startingPosition' failed to satisfy constraint: Member must not be null.",
  );
  expect(await refusal({ StartingPosition: 'AT_TIMESTAMP', StartingPositionTimestamp: new Date(0) })).toBe(
    `InvalidParameterValueException: Unsupported starting position for arn type: ${streamArn}`,
  );
  expect(await refusal({ FilterCriteria: { Filters: [{ Pattern: 'single-string' }] } })).toBe(
    'InvalidParameterValueException: Invalid filter pattern definition.',
  );
  // LocalStack's record, test_lambda_integration_dynamodbstreams.snapshot.json, test_esm_with_not_existing_dynamodb_stream.
  const nowhere = streamArn.replace('parcels', 'nowhere');
  expect(await refusal({ EventSourceArn: nowhere })).toBe(
    `InvalidParameterValueException: Stream not found: ${nowhere}`,
  );
  // The same record, test_duplicate_event_source_mappings.
  const { UUID } = await create({});
  expect(await refusal({})).toBe(
    `ResourceConflictException: The event source arn (" ${streamArn} ") and function (" packer ") provided mapping already exists. Please update or delete the existing mapping with UUID ${UUID}`,
  );
});

test('a function whose role may not read a stream gets no mapping of it', async () => {
  const { streamArn, refusal } = await loopWithTable(
    '[{ Statement: [{ Effect: Deny, Action: dynamodb:GetShardIterator, Resource: "*" }] }]',
  );
  // As aws-samples/lambda-refarch-webapp, issue 7, quotes it.
  expect(await refusal({})).toBe(
    `InvalidParameterValueException: Cannot access stream ${streamArn}. Please ensure the role can perform the GetRecords, GetShardIterator, DescribeStream, and ListStreams Actions on your stream in IAM.`,
  );
});
