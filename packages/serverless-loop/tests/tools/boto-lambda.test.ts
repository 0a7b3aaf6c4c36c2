import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type LoopUnderTest, runLoop } from '../loop-in-process.ts';
import { type BotoCaller, botoCaller, findBoto } from './boto-caller.ts';
import { depotTemplate } from './depot.ts';

const python = await findBoto();

describe.runIf(python)('Lambda as boto3 reads it', () => {
  let running: LoopUnderTest & { stop(): Promise<void> };
  let boto: BotoCaller;
  let FunctionName: string;
  beforeAll(async () => {
    running = await runLoop(depotTemplate(afterAll));
    boto = botoCaller(python ?? '', running.loop.endpoint);
    FunctionName = String(running.loop.stack.functions[0]?.name);
  });
  afterAll(async () => {
    boto.stop();
    await running.stop();
  });
  const call = (operation: string, params?: Record<string, unknown>) =>
    boto.output('lambda', operation, params);

  test('invocations: synchronous with its log, asynchronous and dry', async () => {
    const invoked = await call('Invoke', { FunctionName, Payload: '{}', LogType: 'Tail' });
    expect(invoked).toMatchObject({
      StatusCode: 200,
      ExecutedVersion: expect.any(String),
      Payload: expect.any(String),
    });
    expect(Buffer.from(String(invoked.LogResult), 'base64').toString()).toContain('requestId');
    expect(await call('Invoke', { FunctionName, Payload: '{}', InvocationType: 'Event' })).toMatchObject({
      StatusCode: 202,
    });
    expect(await call('Invoke', { FunctionName, InvocationType: 'DryRun' })).toMatchObject({
      StatusCode: 204,
    });
  });

  test('functions as they are described', async () => {
    const LoggingConfig = { LogGroup: running.loop.stack.functions[0]?.logging.logGroup };
    expect(await call('GetFunctionConfiguration', { FunctionName })).toMatchObject({
      FunctionName,
      LoggingConfig,
    });
    expect(await call('GetFunction', { FunctionName })).toMatchObject({ Configuration: { FunctionName } });
    expect(await call('ListFunctions', { MaxItems: 1 })).toHaveProperty('NextMarker');
    const invoked = running.loop.stack.functions.find(({ resourcePolicy }) => resourcePolicy.length > 0);
    expect(await call('GetPolicy', { FunctionName: invoked?.name, Qualifier: 'live' })).toHaveProperty(
      'Policy',
    );
  });

  test('permissions are given and taken back', async () => {
    const alias = { FunctionName, Qualifier: 'live' };
    const StatementId = 'from-boto';
    const permission = { Action: 'lambda:InvokeFunction', Principal: 'events.amazonaws.com' };
    const { Statement } = await call('AddPermission', { ...alias, StatementId, ...permission });
    expect(JSON.parse(String(Statement))).toMatchObject({ Sid: StatementId, Effect: 'Allow' });
    expect(
      await boto.refusal('lambda', 'AddPermission', { ...alias, StatementId, ...permission }),
    ).toMatchObject({
      code: 'ResourceConflictException',
      status: 409,
    });
    await call('RemovePermission', { ...alias, StatementId });
    expect(await boto.refusal('lambda', 'RemovePermission', { ...alias, StatementId })).toMatchObject({
      code: 'ResourceNotFoundException',
      status: 404,
    });
  });

  test('aliases, versions and settings beside the configuration', async () => {
    const alias = { Name: 'live', FunctionVersion: '1' };
    expect(await call('ListAliases', { FunctionName })).toMatchObject({ Aliases: [alias] });
    expect(await call('ListAliases', { FunctionName, FunctionVersion: '2' })).toEqual({ Aliases: [] });
    expect(await call('GetAlias', { FunctionName, Name: 'live' })).toMatchObject({
      ...alias,
      AliasArn: expect.stringMatching(/:live$/),
    });
    const { Versions } = await call('ListVersionsByFunction', { FunctionName });
    expect(Versions).toMatchObject([{ Version: '$LATEST' }, { Version: '1' }]);
    expect(await call('GetFunctionEventInvokeConfig', { FunctionName, Qualifier: 'live' })).toMatchObject({
      MaximumRetryAttempts: 2,
      DestinationConfig: { OnFailure: { Destination: expect.stringContaining(':sqs:') } },
    });
    expect(await call('GetFunctionConcurrency', { FunctionName })).toEqual({});
    const Resource = running.loop.stack.functions[0]?.arn;
    expect(await call('ListTags', { Resource })).toEqual({ Tags: { 'lambda:createdBy': 'SAM' } });
    for (const [operation, params] of [
      ['GetAlias', { FunctionName, Name: 'none' }],
      ['GetFunctionEventInvokeConfig', { FunctionName }],
      ['ListVersionsByFunction', { FunctionName: 'nobody' }],
      ['ListTags', { Resource: `${Resource}x` }],
    ] as const) {
      expect(await boto.refusal('lambda', operation, params)).toMatchObject({
        code: 'ResourceNotFoundException',
        status: 404,
      });
    }
  });

  test('every error is one of its operation or a common one', async () => {
    const refuse = (operation: string, params: Record<string, unknown>) =>
      boto.refusal('lambda', operation, params);
    const nobody = { FunctionName: 'nobody' };
    for (const operation of ['Invoke', 'GetFunction', 'GetFunctionConfiguration', 'GetPolicy']) {
      expect(await refuse(operation, nobody)).toMatchObject({
        code: 'ResourceNotFoundException',
        status: 404,
      });
    }
    expect(await refuse('GetFunctionUrlConfig', { FunctionName })).toMatchObject({
      code: 'ResourceNotFoundException',
    });
    expect(await refuse('Invoke', { FunctionName, Payload: 'no JSON' })).toMatchObject({
      code: 'InvalidRequestContentException',
      status: 400,
    });
    expect(await refuse('Invoke', { FunctionName: 'not a name' })).toHaveProperty('code');
    expect(await refuse('DeleteFunction', nobody)).toMatchObject({ code: 'ResourceNotFoundException' });
    expect(await refuse('CreateCodeSigningConfig', {})).toMatchObject({
      code: 'UnknownOperationException',
    });
  });
});
