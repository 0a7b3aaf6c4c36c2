import {
  GetAccountSettingsCommand,
  GetFunctionCommand,
  GetFunctionConfigurationCommand,
  GetFunctionUrlConfigCommand,
  GetPolicyCommand,
  ListFunctionsCommand,
} from '@aws-sdk/client-lambda';
import { expect, test } from 'vitest';
import { functionModel } from '../../unit/lambda-async/function-model.ts';
import { lambdaOperations, noFunctions, testApi } from './test-api.ts';

const FunctionName = 'packer';

test('the configuration shows what the template declares, ready to run', async () => {
  const deadLetterArn = 'arn:aws:sqs:eu-west-1:123456789012:dead';
  const { client } = await testApi([functionModel({ tracing: 'Active' }, { deadLetterArn })]);
  expect(await client.send(new GetFunctionConfigurationCommand({ FunctionName }))).toMatchObject({
    FunctionName: 'packer',
    FunctionArn: 'arn:aws:lambda:eu-west-1:123456789012:function:packer',
    Runtime: 'nodejs24.x',
    Role: 'arn:aws:iam::123456789012:role/packer-role',
    Handler: 'index.handler',
    Timeout: 3,
    MemorySize: 128,
    LastModified: '2026-11-23T09:30:00.000+0000',
    CodeSha256: expect.stringMatching(/^[\w+/]{43}=$/),
    Version: '$LATEST',
    Environment: { Variables: { STAGE: 'dev' } },
    DeadLetterConfig: { TargetArn: deadLetterArn },
    TracingConfig: { Mode: 'Active' },
    State: 'Active',
    LastUpdateStatus: 'Successful',
    PackageType: 'Zip',
    Architectures: ['x86_64'],
    LoggingConfig: { LogFormat: 'Text', LogGroup: '/aws/lambda/packer' },
  });
});

test('log levels are shown where they apply: with JSON', async () => {
  const logging = {
    format: 'JSON',
    applicationLogLevel: 'DEBUG',
    systemLogLevel: 'WARN',
    logGroup: '/logs',
  } as const;
  const { client } = await testApi([functionModel({ logging })]);
  const { LoggingConfig } = await client.send(new GetFunctionConfigurationCommand({ FunctionName }));
  expect(LoggingConfig).toEqual({
    LogFormat: 'JSON',
    ApplicationLogLevel: 'DEBUG',
    SystemLogLevel: 'WARN',
    LogGroup: '/logs',
  });
});

test('GetFunction adds what is reserved', async () => {
  const { client } = await testApi([functionModel({ reservedConcurrency: 2 })]);
  expect(await client.send(new GetFunctionCommand({ FunctionName }))).toMatchObject({
    Configuration: { FunctionName: 'packer' },
    Code: { RepositoryType: 'S3' },
    Concurrency: { ReservedConcurrentExecutions: 2 },
  });
});

test('functions are listed by name and in pages', async () => {
  const names = ['c', 'a', 'b'];
  const { client } = await testApi(names.map((name) => functionModel({ name, arn: `arn:${name}` })));
  const first = await client.send(new ListFunctionsCommand({ MaxItems: 2 }));
  expect(first.Functions?.map((each) => each.FunctionName)).toEqual(['a', 'b']);
  const second = await client.send(new ListFunctionsCommand({ MaxItems: 2, Marker: first.NextMarker }));
  expect(second.Functions?.map((each) => each.FunctionName)).toEqual(['c']);
  expect(second.NextMarker).toBeUndefined();
});

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetAccountSettings.html */
test('the account has its quotas, less what functions have reserved, and tells how much they take', async () => {
  const code = { kind: 'package', codeUri: '/nowhere', sha256Base64: 'a', sizeBytes: 700 } as const;
  const { client } = await testApi([
    functionModel({ code, reservedConcurrency: 20 }),
    functionModel({ name: 'other', reservedConcurrency: 5 }),
  ]);
  expect(await client.send(new GetAccountSettingsCommand({}))).toMatchObject({
    AccountLimit: {
      TotalCodeSize: 80_530_636_800,
      CodeSizeUnzipped: 262_144_000,
      CodeSizeZipped: 52_428_800,
      ConcurrentExecutions: 1_000,
      UnreservedConcurrentExecutions: 975,
    },
    AccountUsage: { TotalCodeSize: 700, FunctionCount: 2 },
  });
});

test('the resource policy is shown as a policy document', async () => {
  const { client } = await testApi([
    functionModel({
      resourcePolicy: [
        {
          effect: 'Allow',
          principals: { Service: ['events.amazonaws.com'] },
          actions: ['lambda:InvokeFunction'],
          resources: ['arn:aws:lambda:eu-west-1:123456789012:function:packer'],
        },
      ],
    }),
  ]);
  const { Policy } = await client.send(new GetPolicyCommand({ FunctionName }));
  expect(JSON.parse(Policy ?? '')).toEqual({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Service: 'events.amazonaws.com' },
        Action: 'lambda:InvokeFunction',
        Resource: 'arn:aws:lambda:eu-west-1:123456789012:function:packer',
      },
    ],
  });
});

test('what a function does not have is not found', async () => {
  const { client } = await testApi();
  for (const call of [
    client.send(new GetFunctionUrlConfigCommand({ FunctionName })),
    client.send(new GetPolicyCommand({ FunctionName })),
  ]) {
    await expect(call).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'The resource you requested does not exist.',
      $metadata: { httpStatusCode: 404 },
    });
  }
});

test('each operation needs the right of its name on the function that the request names', async () => {
  const operations = lambdaOperations(noFunctions);
  const request = (FunctionName: string, query = '') => ({
    params: { FunctionName },
    query: new URLSearchParams(query),
    headers: {},
    body: Buffer.alloc(0),
  });
  const needsOf = async (name: string, ...args: Parameters<typeof request>) => {
    const operation = operations.find((each) => each.name === name);
    return operation?.needs(await operation.read(request(...args)));
  };
  const resource = 'arn:aws:lambda:eu-west-1:123456789012:function:packer';
  expect(await needsOf('Invoke', 'packer')).toEqual([{ action: 'lambda:InvokeFunction', resource }]);
  expect(await needsOf('Invoke', `${resource}`, 'Qualifier=live')).toEqual([
    { action: 'lambda:InvokeFunction', resource: `${resource}:live` },
  ]);
  expect(await needsOf('GetFunction', 'packer')).toEqual([{ action: 'lambda:GetFunction', resource }]);
  expect(await needsOf('ListFunctions', '')).toEqual([{ action: 'lambda:ListFunctions', resource: '*' }]);
  expect(await needsOf('GetAccountSettings', '')).toEqual([
    { action: 'lambda:GetAccountSettings', resource: '*' },
  ]);
  expect(await needsOf('ListFunctionUrlConfigs', 'packer')).toEqual([
    { action: 'lambda:ListFunctionUrlConfigs', resource },
  ]);
  expect(await needsOf('Invoke', '%%%')).toEqual([{ action: 'lambda:InvokeFunction', resource: '%%%' }]);
});
