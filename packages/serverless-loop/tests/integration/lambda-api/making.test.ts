import { createHash } from 'node:crypto';
import { PutRolePolicyCommand } from '@aws-sdk/client-iam';
import {
  AddPermissionCommand,
  CreateAliasCommand,
  CreateEventSourceMappingCommand,
  CreateFunctionCommand,
  CreateFunctionUrlConfigCommand,
  DeleteAliasCommand,
  DeleteFunctionCommand,
  DeleteFunctionConcurrencyCommand,
  DeleteFunctionEventInvokeConfigCommand,
  DeleteFunctionUrlConfigCommand,
  DeleteProvisionedConcurrencyConfigCommand,
  GetAliasCommand,
  GetFunctionCodeSigningConfigCommand,
  GetFunctionCommand,
  GetFunctionConcurrencyCommand,
  GetFunctionConfigurationCommand,
  GetFunctionEventInvokeConfigCommand,
  GetFunctionRecursionConfigCommand,
  GetFunctionUrlConfigCommand,
  GetPolicyCommand,
  GetProvisionedConcurrencyConfigCommand,
  GetRuntimeManagementConfigCommand,
  ListFunctionEventInvokeConfigsCommand,
  ListProvisionedConcurrencyConfigsCommand,
  ListTagsCommand,
  ListVersionsByFunctionCommand,
  PublishVersionCommand,
  PutFunctionConcurrencyCommand,
  PutFunctionEventInvokeConfigCommand,
  PutFunctionRecursionConfigCommand,
  PutProvisionedConcurrencyConfigCommand,
  PutRuntimeManagementConfigCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateAliasCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
  UpdateFunctionEventInvokeConfigCommand,
  UpdateFunctionUrlConfigCommand,
  waitUntilFunctionActiveV2,
  waitUntilFunctionUpdatedV2,
} from '@aws-sdk/client-lambda';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { clientOptions } from '../../loop-in-process.ts';
import { answering, emptyLoop } from './made-functions.ts';

let made: Awaited<ReturnType<typeof emptyLoop>>;
beforeAll(async () => {
  made = await emptyLoop();
});
afterAll(() => made.stop());

// The values of this file are as in LocalStack's record, tests/aws/services/lambda_/test_lambda_api.snapshot.json.

test('a function is made of a zip, runs, is changed and taken away', async () => {
  const { lambda, make, ask } = made;
  const FunctionName = 'lifecycle';
  const zip = answering('process.env.WORD');
  const created = await make(FunctionName, {
    Code: { ZipFile: zip },
    Environment: { Variables: { WORD: 'first' } },
    Tags: { team: 'one' },
    MemorySize: 256,
  });
  expect(created).toMatchObject({
    State: 'Pending',
    StateReasonCode: 'Creating',
    Version: '$LATEST',
    CodeSha256: createHash('sha256').update(zip).digest('base64'),
    MemorySize: 256,
    Timeout: 3,
  });
  await waitUntilFunctionActiveV2({ client: lambda, maxWaitTime: 10 }, { FunctionName });
  expect((await ask(FunctionName)).answer).toBe('first');

  const updated = await lambda.send(
    new UpdateFunctionConfigurationCommand({
      FunctionName,
      Environment: { Variables: { WORD: 'second' } },
      Timeout: 10,
      VpcConfig: { SubnetIds: ['subnet-1'], SecurityGroupIds: ['sg-1'] },
    }),
  );
  expect(updated).toMatchObject({ LastUpdateStatus: 'InProgress', State: 'Active', Timeout: 10 });
  expect(updated.RevisionId).not.toBe(created.RevisionId);
  await waitUntilFunctionUpdatedV2({ client: lambda, maxWaitTime: 10 }, { FunctionName });
  expect((await ask(FunctionName)).answer).toBe('second');
  await lambda.send(new UpdateFunctionCodeCommand({ FunctionName, ZipFile: answering("'third'") }));
  expect((await ask(FunctionName)).answer).toBe('third');

  const { Configuration, Tags, Code } = await lambda.send(new GetFunctionCommand({ FunctionName }));
  expect(Configuration).toMatchObject({ LastUpdateStatus: 'Successful', Handler: 'index.handler' });
  expect(Configuration).toMatchObject({ VpcConfig: { SubnetIds: ['subnet-1'] } });
  expect(Tags).toEqual({ team: 'one' });
  expect((await fetch(Code?.Location ?? '')).status).toBe(200);
  expect(await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }))).toMatchObject({
    Timeout: 10,
  });

  const { StatusCode } = await lambda.send(new DeleteFunctionCommand({ FunctionName }));
  expect(StatusCode).toBe(204);
  await expect(ask(FunctionName)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  await expect(lambda.send(new DeleteFunctionCommand({ FunctionName }))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
    message: `Function not found: arn:aws:lambda:eu-west-1:000000000000:function:${FunctionName}`,
  });
  // LocalStack's record, test_lambda_api.snapshot.json, test_function_name_and_qualifier_validation[lowercase_latest_qualifier-delete_function].
  await expect(
    lambda.send(new DeleteFunctionCommand({ FunctionName, Qualifier: '$latest' })),
  ).rejects.toMatchObject({
    message: `Function not found: arn:aws:lambda:eu-west-1:000000000000:function:${FunctionName}`,
  });
});

// LocalStack's record, test_lambda_api.snapshot.json, test_function_name_and_qualifier_validation[function_name_too_long-create_function].
test('a name of more than 64 characters is refused', async () => {
  const FunctionName = 'a'.repeat(65);
  await expect(made.make(FunctionName, {})).rejects.toMatchObject({
    name: 'InvalidParameterValueException',
    message: `1 validation error detected: Value '${FunctionName}' at 'functionName' failed to satisfy constraint: Member must have length less than or equal to 64`,
  });
});

test('a function is made of an object in S3', async () => {
  const s3 = new S3Client({ ...clientOptions(made.loop), forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket: 'packages' }));
  await s3.send(new PutObjectCommand({ Bucket: 'packages', Key: 'f.zip', Body: answering("'from S3'") }));
  await made.make('from-s3', { Code: { S3Bucket: 'packages', S3Key: 'f.zip' } });
  expect((await made.ask('from-s3')).answer).toBe('from S3');
});

test('a version keeps the code and the settings that it was published with', async () => {
  // Lambda guide, "Manage Lambda function versions"; "PublishVersion": none of an unchanged function.
  const { lambda, make, ask } = made;
  const FunctionName = 'versions';
  const first = await make(FunctionName, { Code: { ZipFile: answering('process.env.WORD') }, Publish: true });
  expect(first.Version).toBe('1');
  const again = await lambda.send(new PublishVersionCommand({ FunctionName }));
  expect(again.Version).toBe('1');
  await lambda.send(
    new UpdateFunctionConfigurationCommand({ FunctionName, Environment: { Variables: { WORD: 'two' } } }),
  );
  const second = await lambda.send(new PublishVersionCommand({ FunctionName, Description: 'the second' }));
  expect(second).toMatchObject({ Version: '2', Description: 'the second', State: 'Active' });
  await lambda.send(new UpdateFunctionCodeCommand({ FunctionName, ZipFile: answering("'three'") }));
  expect([await ask(FunctionName, '1'), await ask(FunctionName, '2'), await ask(FunctionName)]).toEqual([
    { answer: null, version: '1' },
    { answer: 'two', version: '2' },
    { answer: 'three', version: '$LATEST' },
  ]);
  const { Versions = [] } = await lambda.send(new ListVersionsByFunctionCommand({ FunctionName }));
  expect(Versions.map(({ Version }) => Version)).toEqual(['$LATEST', '1', '2']);
  expect(new Set(Versions.map(({ CodeSha256 }) => CodeSha256)).size).toBe(2);
  await expect(
    lambda.send(new PublishVersionCommand({ FunctionName, CodeSha256: 'another' })),
  ).rejects.toThrow('is different from current CodeSHA256 in $LATEST');

  await lambda.send(new CreateAliasCommand({ FunctionName, Name: 'live', FunctionVersion: '1' }));
  await expect(
    lambda.send(new DeleteFunctionCommand({ FunctionName, Qualifier: '1' })),
  ).rejects.toMatchObject({ name: 'ResourceConflictException' });
  await lambda.send(new DeleteFunctionCommand({ FunctionName, Qualifier: '2' }));
  // A number is not given again.
  expect((await lambda.send(new PublishVersionCommand({ FunctionName }))).Version).toBe('3');
});

test('an alias leads to its version, or shares its calls between two', async () => {
  // Lambda guide, "Implement Lambda canary deployments using a weighted alias".
  const { lambda, make, ask } = made;
  const FunctionName = 'aliased';
  await make(FunctionName, { Code: { ZipFile: answering("'one'") }, Publish: true });
  await lambda.send(
    new UpdateFunctionCodeCommand({ FunctionName, ZipFile: answering("'two'"), Publish: true }),
  );
  const live = { FunctionName, Name: 'live' };
  const created = await lambda.send(
    new CreateAliasCommand({ ...live, FunctionVersion: '1', Description: 'in use' }),
  );
  expect(created).toMatchObject({ Name: 'live', FunctionVersion: '1', Description: 'in use' });
  expect(await ask(FunctionName, 'live')).toEqual({ answer: 'one', version: '1' });
  await lambda.send(
    new UpdateAliasCommand({ ...live, RoutingConfig: { AdditionalVersionWeights: { 2: 1 } } }),
  );
  expect(await ask(FunctionName, 'live')).toEqual({ answer: 'two', version: '2' });
  const { RoutingConfig, RevisionId } = await lambda.send(new GetAliasCommand(live));
  expect(RoutingConfig).toEqual({ AdditionalVersionWeights: { 2: 1 } });
  await lambda.send(new UpdateAliasCommand({ ...live, RoutingConfig: {} }));
  expect(await ask(FunctionName, 'live')).toEqual({ answer: 'one', version: '1' });
  await expect(lambda.send(new UpdateAliasCommand({ ...live, RevisionId }))).rejects.toMatchObject({
    name: 'PreconditionFailedException',
  });
  const wrong = (Weights: Record<string, number>) =>
    lambda.send(new UpdateAliasCommand({ ...live, RoutingConfig: { AdditionalVersionWeights: Weights } }));
  await expect(wrong({ 1: 0.5, 2: 0.5 })).rejects.toThrow(
    'Number of items in AdditionalVersionWeights cannot be greater than 1',
  );
  await expect(wrong({ 1: 0.5 })).rejects.toThrow(
    'Invalid function version 1. Function version 1 is already included in routing configuration.',
  );
  await expect(wrong({ 9: 0.5 })).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  await expect(lambda.send(new CreateAliasCommand({ ...live, FunctionVersion: '2' }))).rejects.toMatchObject({
    name: 'ResourceConflictException',
  });
  await lambda.send(new DeleteAliasCommand(live));
  await lambda.send(new DeleteAliasCommand(live));
  await expect(ask(FunctionName, 'live')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});

test('concurrency is reserved and set free; what is provisioned is kept and shown', async () => {
  const { lambda, make, ask } = made;
  const FunctionName = 'limited';
  await make(FunctionName, { Publish: true });
  await lambda.send(new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions: 0 }));
  await expect(ask(FunctionName)).rejects.toMatchObject({ name: 'TooManyRequestsException' });
  const reserved = await lambda.send(new GetFunctionConcurrencyCommand({ FunctionName }));
  expect(reserved.ReservedConcurrentExecutions).toBe(0);
  await lambda.send(new DeleteFunctionConcurrencyCommand({ FunctionName }));
  expect((await ask(FunctionName)).answer).toBe('made');
  await expect(
    lambda.send(new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions: 950 })),
  ).rejects.toThrow("decreases account's UnreservedConcurrentExecution below its minimum value of [100]");

  const one = { FunctionName, Qualifier: '1' };
  await expect(lambda.send(new GetProvisionedConcurrencyConfigCommand(one))).rejects.toMatchObject({
    name: 'ProvisionedConcurrencyConfigNotFoundException',
  });
  const put = await lambda.send(
    new PutProvisionedConcurrencyConfigCommand({ ...one, ProvisionedConcurrentExecutions: 2 }),
  );
  expect(put).toMatchObject({ Status: 'IN_PROGRESS', RequestedProvisionedConcurrentExecutions: 2 });
  expect(await lambda.send(new GetProvisionedConcurrencyConfigCommand(one))).toMatchObject({
    Status: 'READY',
  });
  const { ProvisionedConcurrencyConfigs } = await lambda.send(
    new ListProvisionedConcurrencyConfigsCommand({ FunctionName }),
  );
  expect(ProvisionedConcurrencyConfigs).toMatchObject([
    { FunctionArn: expect.stringMatching(/:limited:1$/) },
  ]);
  await lambda.send(new DeleteProvisionedConcurrencyConfigCommand(one));
  await expect(
    lambda.send(
      new PutProvisionedConcurrencyConfigCommand({
        FunctionName,
        Qualifier: '$LATEST',
        ProvisionedConcurrentExecutions: 1,
      }),
    ),
  ).rejects.toThrow('The function resource provided must be an alias or a published version.');
});

test('what becomes of asynchronous events is configured, changed and forgotten', async () => {
  const { lambda, make } = made;
  const FunctionName = 'configured';
  await make(FunctionName);
  const sqs = new SQSClient(clientOptions(made.loop));
  await sqs.send(new CreateQueueCommand({ QueueName: 'failed' }));
  const Destination = 'arn:aws:sqs:eu-west-1:000000000000:failed';
  const put = await lambda.send(
    new PutFunctionEventInvokeConfigCommand({ FunctionName, MaximumRetryAttempts: 0 }),
  );
  expect(put).toMatchObject({
    FunctionArn: expect.stringMatching(/:configured:\$LATEST$/),
    MaximumRetryAttempts: 0,
    DestinationConfig: { OnSuccess: {}, OnFailure: {} },
  });
  // It says nothing of what nobody has said.
  expect(put).not.toHaveProperty('MaximumEventAgeInSeconds');
  await lambda.send(
    new UpdateFunctionEventInvokeConfigCommand({
      FunctionName,
      MaximumEventAgeInSeconds: 60,
      DestinationConfig: { OnFailure: { Destination } },
    }),
  );
  expect(await lambda.send(new GetFunctionEventInvokeConfigCommand({ FunctionName }))).toMatchObject({
    MaximumRetryAttempts: 0,
    MaximumEventAgeInSeconds: 60,
    DestinationConfig: { OnFailure: { Destination } },
  });
  const { FunctionEventInvokeConfigs } = await lambda.send(
    new ListFunctionEventInvokeConfigsCommand({ FunctionName }),
  );
  expect(FunctionEventInvokeConfigs).toHaveLength(1);
  await lambda.send(new DeleteFunctionEventInvokeConfigCommand({ FunctionName }));
  await expect(lambda.send(new GetFunctionEventInvokeConfigCommand({ FunctionName }))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  });
  await expect(lambda.send(new PutFunctionEventInvokeConfigCommand({ FunctionName }))).rejects.toThrow(
    'You must specify at least one of error handling or destination setting.',
  );
  await expect(
    lambda.send(new PutFunctionEventInvokeConfigCommand({ FunctionName: 'nobody', MaximumRetryAttempts: 1 })),
  ).rejects.toThrow("The function doesn't exist.");
});

test('a function has a URL, which answers at once, until it is taken away', async () => {
  const { lambda, make } = made;
  const FunctionName = 'public';
  await make(FunctionName, { Code: { ZipFile: answering("({ statusCode: 201, body: 'hello' })") } });
  const created = await lambda.send(new CreateFunctionUrlConfigCommand({ FunctionName, AuthType: 'NONE' }));
  const url = created.FunctionUrl ?? '';
  expect((await fetch(url)).status).toBe(403);
  const permission = { FunctionName, Principal: '*', FunctionUrlAuthType: 'NONE' } as const;
  await lambda.send(
    new AddPermissionCommand({ ...permission, StatementId: 'url', Action: 'lambda:InvokeFunctionUrl' }),
  );
  const { FunctionUrlAuthType: _, ...invoke } = permission;
  await lambda.send(
    new AddPermissionCommand({
      ...invoke,
      StatementId: 'invoke',
      Action: 'lambda:InvokeFunction',
      InvokedViaFunctionUrl: true,
    }),
  );
  const answer = await fetch(url);
  expect([answer.status, await answer.text()]).toEqual([201, 'hello']);
  const { Policy = '' } = await lambda.send(new GetPolicyCommand({ FunctionName }));
  expect(JSON.parse(Policy).Statement).toMatchObject([
    { Condition: { StringEquals: { 'lambda:FunctionUrlAuthType': 'NONE' } } },
    { Condition: { Bool: { 'lambda:InvokedViaFunctionUrl': 'true' } } },
  ]);
  await lambda.send(
    new UpdateFunctionUrlConfigCommand({
      FunctionName,
      AuthType: 'AWS_IAM',
      Cors: { AllowOrigins: ['https://shop.example'] },
    }),
  );
  expect((await fetch(url)).status).toBe(403);
  expect(await lambda.send(new GetFunctionUrlConfigCommand({ FunctionName }))).toMatchObject({
    FunctionUrl: url,
    AuthType: 'AWS_IAM',
    Cors: { AllowOrigins: ['https://shop.example'] },
    CreationTime: created.CreationTime,
  });
  await expect(
    lambda.send(new CreateFunctionUrlConfigCommand({ FunctionName, AuthType: 'NONE' })),
  ).rejects.toMatchObject({ name: 'ResourceConflictException' });
  await lambda.send(new DeleteFunctionUrlConfigCommand({ FunctionName }));
  expect((await fetch(url)).status).toBe(404);
  await expect(lambda.send(new DeleteFunctionUrlConfigCommand({ FunctionName }))).rejects.toThrow(
    'The resource you requested does not exist.',
  );
});

test('functions and event source mappings have tags', async () => {
  const { lambda, make } = made;
  const { FunctionArn: Resource } = await make('tagged', { Tags: { first: '1' } });
  await lambda.send(new TagResourceCommand({ Resource, Tags: { second: '2' } }));
  await lambda.send(new UntagResourceCommand({ Resource, TagKeys: ['first'] }));
  expect((await lambda.send(new ListTagsCommand({ Resource }))).Tags).toEqual({ second: '2' });
});

test('settings of the runtime are kept and shown', async () => {
  const { lambda, make } = made;
  const FunctionName = 'settled';
  await make(FunctionName);
  expect(await lambda.send(new GetRuntimeManagementConfigCommand({ FunctionName }))).toMatchObject({
    UpdateRuntimeOn: 'Auto',
  });
  await lambda.send(
    new PutRuntimeManagementConfigCommand({ FunctionName, UpdateRuntimeOn: 'FunctionUpdate' }),
  );
  expect(await lambda.send(new GetRuntimeManagementConfigCommand({ FunctionName }))).toMatchObject({
    UpdateRuntimeOn: 'FunctionUpdate',
  });
  await lambda.send(new PutFunctionRecursionConfigCommand({ FunctionName, RecursiveLoop: 'Allow' }));
  expect(await lambda.send(new GetFunctionRecursionConfigCommand({ FunctionName }))).toMatchObject({
    RecursiveLoop: 'Allow',
  });
  // Terraform asks for it of every function.
  const signing = await lambda.send(new GetFunctionCodeSigningConfigCommand({ FunctionName }));
  expect(signing.CodeSigningConfigArn).toBeUndefined();
});

test('what Lambda refuses is refused by its code and in its words', async () => {
  const { lambda, make, Role } = made;
  await make('refused');
  const base = { FunctionName: 'none', Role, Code: { ZipFile: answering('1') } };
  const node = { Runtime: 'nodejs24.x', Handler: 'index.handler' } as const;
  const refusals: [call: () => Promise<unknown>, name: string, message: string][] = [
    [() => make('refused'), 'ResourceConflictException', 'Function already exist: refused'],
    [
      () => make('none', { Role: 'arn:aws:iam::000000000000:role/nobody' }),
      'InvalidParameterValueException',
      'The role defined for the function cannot be assumed by Lambda.',
    ],
    [
      () => make('none', { Role: 'r1' }),
      'ValidationException',
      "Value 'r1' at 'role' failed to satisfy constraint",
    ],
    [
      () => make('none', { Code: { ZipFile: Buffer.from('no zip') } }),
      'InvalidParameterValueException',
      'Could not unzip uploaded file.',
    ],
    [
      () => make('none', { Code: { S3Bucket: 'no-such-bucket', S3Key: 'none' } }),
      'InvalidParameterValueException',
      'S3 Error Code: NoSuchKey',
    ],
    [() => make('none', { Timeout: 901 }), 'ValidationException', "Value '901' at 'timeout'"],
    [
      () => make('none', { Environment: { Variables: { AWS_REGION: 'x' } } }),
      'InvalidParameterValueException',
      'Reserved keys used in this request: AWS_REGION',
    ],
    [
      () => make('none', { Environment: { Variables: { LARGE: 'x'.repeat(4096) } } }),
      'InvalidParameterValueException',
      'exceeded the 4KB limit',
    ],
    [
      () => make('none', { Layers: ['arn:aws:lambda:eu-west-1:000000000000:layer:none:1'] }),
      'InvalidParameterValueException',
      'Layer version arn:aws:lambda:eu-west-1:000000000000:layer:none:1 does not exist.',
    ],
    [
      () => lambda.send(new CreateFunctionCommand({ ...base, ...node, PackageType: 'Image' })),
      'InvalidParameterValueException',
      'only zip packages are',
    ],
    [() => lambda.send(new CreateFunctionCommand(base)), 'InvalidParameterValueException', 'are mandatory'],
  ];
  for (const [refused, name, message] of refusals)
    await expect(refused()).rejects.toMatchObject({ name, message: expect.stringContaining(message) });
});

test('a mapping is made with tags', async () => {
  const { lambda, iam, make } = made;
  const sqs = new SQSClient(clientOptions(made.loop));
  const PolicyDocument = JSON.stringify({
    Version: '2012-10-17',
    Statement: { Effect: 'Allow', Action: 'sqs:*', Resource: '*' },
  });
  await iam.send(new PutRolePolicyCommand({ RoleName: 'runner', PolicyName: 'queues', PolicyDocument }));
  await make('consumer', { Timeout: 5 });
  await sqs.send(new CreateQueueCommand({ QueueName: 'consumed' }));
  const { EventSourceMappingArn: Resource } = await lambda.send(
    new CreateEventSourceMappingCommand({
      FunctionName: 'consumer',
      EventSourceArn: 'arn:aws:sqs:eu-west-1:000000000000:consumed',
      Tags: { team: 'one' },
    }),
  );
  expect((await lambda.send(new ListTagsCommand({ Resource }))).Tags).toEqual({ team: 'one' });
  await lambda.send(new TagResourceCommand({ Resource, Tags: { team: 'two' } }));
  expect((await lambda.send(new ListTagsCommand({ Resource }))).Tags).toEqual({ team: 'two' });
});

/** https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html: ResourceConflictException, the resource already exists */
test('of two calls that make a function at once one does', async () => {
  const calls = await Promise.allSettled([made.make('twice'), made.make('twice')]);
  const refused = calls.flatMap((call) => (call.status === 'rejected' ? [String(call.reason)] : []));
  expect(refused).toEqual(['ResourceConflictException: Function already exist: twice']);
});

/** https://docs.aws.amazon.com/lambda/latest/dg/functions-states.html */
test('none of the changes that come while new code starts is lost, and a function that is deleted then stays deleted', async () => {
  const { lambda, make, ask } = made;
  const FunctionName = 'crowded';
  const { FunctionArn: Resource } = await make(FunctionName);
  await Promise.all([
    lambda.send(new UpdateFunctionCodeCommand({ FunctionName, ZipFile: answering('process.env.WORD') })),
    lambda.send(
      new UpdateFunctionConfigurationCommand({ FunctionName, Environment: { Variables: { WORD: 'kept' } } }),
    ),
    lambda.send(new TagResourceCommand({ Resource, Tags: { team: 'one' } })),
    lambda.send(new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions: 3 })),
    lambda.send(
      new AddPermissionCommand({
        FunctionName,
        StatementId: 'a',
        Action: 'lambda:InvokeFunction',
        Principal: 's3.amazonaws.com',
      }),
    ),
    lambda.send(new PublishVersionCommand({ FunctionName })),
  ]);
  expect((await ask(FunctionName)).answer).toBe('kept');
  const { Tags, Concurrency } = await lambda.send(new GetFunctionCommand({ FunctionName }));
  expect([Tags, Concurrency?.ReservedConcurrentExecutions]).toEqual([{ team: 'one' }, 3]);
  expect((await lambda.send(new GetPolicyCommand({ FunctionName }))).Policy).toContain('"a"');
  const { Versions } = await lambda.send(new ListVersionsByFunctionCommand({ FunctionName }));
  expect(Versions?.map(({ Version }) => Version)).toEqual(['$LATEST', '1']);

  const update = lambda.send(new UpdateFunctionCodeCommand({ FunctionName, ZipFile: answering('2') }));
  await Promise.allSettled([update, lambda.send(new DeleteFunctionCommand({ FunctionName }))]);
  await expect(lambda.send(new GetFunctionCommand({ FunctionName }))).rejects.toThrow('Function not found');
});
