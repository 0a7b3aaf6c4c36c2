import {
  CreateEventSourceMappingCommand,
  DeleteEventSourceMappingCommand,
  GetEventSourceMappingCommand,
  ListEventSourceMappingsCommand,
  UpdateEventSourceMappingCommand,
} from '@aws-sdk/client-lambda';
import { CreateQueueCommand } from '@aws-sdk/client-sqs';
import { expect, test } from 'vitest';
import { queueLoop, queueProject } from './project.ts';

const UUID_FORM = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const ARN = 'arn:aws:sqs:us-east-1:000000000000:boxes';
const FUNCTION_ARN = 'arn:aws:lambda:us-east-1:000000000000:function:packer';
const WITHOUT_EVENT = queueProject('').replace(
  / {6}Events:\n.*\n/,
  '      Policies: [ SQSPollerPolicy: { QueueName: "*" } ]\n',
);

test('a mapping is made, read, changed, listed and deleted by the API, and reads the queue while it is enabled', async () => {
  const { loop, lambda, send, batches } = await queueLoop(WITHOUT_EVENT);
  await send('early');
  const made = await lambda.send(
    new CreateEventSourceMappingCommand({ FunctionName: 'packer', EventSourceArn: ARN, BatchSize: 5 }),
  );
  // LocalStack's record, test_lambda_integration_sqs.snapshot.json, test_event_source_mapping_default_batch_size.
  expect(made).toMatchObject({
    $metadata: { httpStatusCode: 202 },
    UUID: expect.stringMatching(UUID_FORM),
    BatchSize: 5,
    MaximumBatchingWindowInSeconds: 0,
    EventSourceArn: ARN,
    FunctionArn: FUNCTION_ARN,
    EventSourceMappingArn: `arn:aws:lambda:us-east-1:000000000000:event-source-mapping:${made.UUID}`,
    FunctionResponseTypes: [],
    LastModified: expect.any(Date),
    State: 'Creating',
    StateTransitionReason: 'USER_INITIATED',
  });
  const { UUID } = made;
  await loop.facts.waitFor(({ kind }) => kind === 'batch.succeeded');
  expect(await lambda.send(new GetEventSourceMappingCommand({ UUID }))).toMatchObject({ State: 'Enabled' });

  const changed = await lambda.send(
    new UpdateEventSourceMappingCommand({
      UUID,
      Enabled: false,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ScalingConfig: { MaximumConcurrency: 3 },
      FilterCriteria: { Filters: [{ Pattern: '{"body":["wanted"]}' }] },
    }),
  );
  expect(changed).toMatchObject({ UUID, State: 'Updating', BatchSize: 5 });
  const { EventSourceMappings } = await lambda.send(
    new ListEventSourceMappingsCommand({ FunctionName: 'packer', EventSourceArn: ARN }),
  );
  expect(EventSourceMappings).toMatchObject([
    {
      UUID,
      State: 'Disabled',
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ScalingConfig: { MaximumConcurrency: 3 },
      FilterCriteria: { Filters: [{ Pattern: '{"body":["wanted"]}' }] },
    },
  ]);
  await send('unwanted', 'wanted');
  await loop.idle();
  expect(batches()).toHaveLength(1);
  await lambda.send(new UpdateEventSourceMappingCommand({ UUID, Enabled: true }));
  await loop.idle();
  expect(
    batches()
      .flat()
      .map(({ body }) => body),
  ).toEqual(['early', 'wanted']);

  const deleted = await lambda.send(new DeleteEventSourceMappingCommand({ UUID }));
  expect(deleted).toMatchObject({ $metadata: { httpStatusCode: 202 }, State: 'Deleting' });
  await expect(lambda.send(new GetEventSourceMappingCommand({ UUID }))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
    message: 'The resource you requested does not exist.',
    $metadata: { httpStatusCode: 404 },
  });
});

test('a mapping of a template is there by its own id', async () => {
  const { loop, lambda } = await queueLoop(queueProject(', Enabled: false'));
  const UUID = loop.physicalId('PackerBoxes');
  const found = await lambda.send(new GetEventSourceMappingCommand({ UUID }));
  expect(found).toMatchObject({ UUID, State: 'Disabled', EventSourceArn: ARN, FunctionArn: FUNCTION_ARN });
  await expect(
    lambda.send(new CreateEventSourceMappingCommand({ FunctionName: 'packer', EventSourceArn: ARN })),
  ).rejects.toMatchObject({
    name: 'ResourceConflictException',
    message: `An event source mapping with SQS arn (" ${ARN} ") and function (" packer ") already exists. Please update or delete the existing mapping with UUID ${UUID}`,
    $metadata: { httpStatusCode: 409 },
  });
});

// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-visibility-timeout.html: a message that one consumer has is hidden from others
test('a queue that two functions read is said to be shared: each message goes to one of them', async () => {
  const second = queueProject('').replace(
    '  Boxes:\n',
    `  Sorter:
    Type: AWS::Serverless::Function
    Properties:
      FunctionName: sorter
      Runtime: nodejs24.x
      Handler: handler.handler
      CodeUri: code/
      Events: { Boxes: { Type: SQS, Properties: { Queue: !GetAtt Boxes.Arn } } }
  Boxes:\n`,
  );
  const { loop, send } = await queueLoop(second);
  expect(loop.facts.soFar().filter(({ kind }) => kind === 'source.shared')).toMatchObject([
    { sourceArn: ARN, functionNames: ['packer', 'sorter'] },
  ]);
  await send('a box');
  await loop.idle();
  expect(loop.facts.soFar().filter(({ kind }) => kind === 'batch.succeeded')).toHaveLength(1);
});

test('Lambda’s refusals are its own', async () => {
  const { lambda, sqs } = await queueLoop(queueProject('', '      Timeout: 20'));
  await sqs.send(new CreateQueueCommand({ QueueName: 'short', Attributes: { VisibilityTimeout: '5' } }));
  const refusal = (input: object) =>
    lambda
      .send(new CreateEventSourceMappingCommand({ FunctionName: 'packer', EventSourceArn: ARN, ...input }))
      .then(
        () => 'taken',
        (error: Error) => `${error.name}: ${error.message}`,
      );
  // LocalStack's records, test_lambda_api.snapshot.json, test_event_source_mapping_exceptions, and
  // test_lambda_integration_sqs.snapshot.json.
  expect(await refusal({ EventSourceArn: undefined })).toBe(
    'InvalidParameterValueException: Unrecognized event source.',
  );
  expect(await refusal({ FunctionName: 'nobody' })).toBe(
    'InvalidParameterValueException: Function does not exist',
  );
  expect(await refusal({ BatchSize: 11 })).toBe(
    'InvalidParameterValueException: Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10',
  );
  expect(await refusal({ FilterCriteria: { Filters: [{ Pattern: 'simple string' }] } })).toBe(
    'InvalidParameterValueException: Invalid filter pattern definition.',
  );
  expect(await refusal({ EventSourceArn: `${ARN}-not-there` })).toBe(
    'InvalidParameterValueException: Error occurred while ReceiveMessage. SQS Error Code: AWS.SimpleQueueService.NonExistentQueue. SQS Error Message: The specified queue does not exist.',
  );
  expect(await refusal({ EventSourceArn: ARN.replace('boxes', 'short') })).toBe(
    'InvalidParameterValueException: Queue visibility timeout: 5 seconds is less than Function timeout: 20 seconds',
  );
});

test('a function whose role may not read a queue gets no mapping', async () => {
  const { lambda } = await queueLoop(WITHOUT_EVENT.replace('QueueName: "*"', 'QueueName: "other"'));
  await expect(
    lambda.send(new CreateEventSourceMappingCommand({ FunctionName: 'packer', EventSourceArn: ARN })),
  ).rejects.toMatchObject({
    name: 'InvalidParameterValueException',
    message: 'The function execution role does not have permissions to call ReceiveMessage on SQS',
  });
});
