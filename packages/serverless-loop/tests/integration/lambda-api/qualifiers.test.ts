import {
  GetFunctionConfigurationCommand,
  GetPolicyCommand,
  InvokeCommand,
  ListAliasesCommand,
  ListFunctionsCommand,
  ListTagsCommand,
  ListVersionsByFunctionCommand,
} from '@aws-sdk/client-lambda';
import { expect, test } from 'vitest';
import { functionModel } from '../../unit/lambda-async/function-model.ts';
import { testApi } from './test-api.ts';

const ARN = 'arn:aws:lambda:eu-west-1:123456789012:function:packer';
const { asyncInvoke } = functionModel();
const statement = (resource: string) => ({
  effect: 'Allow' as const,
  principals: { Service: ['events.amazonaws.com'] },
  actions: ['lambda:InvokeFunction'],
  resources: [resource],
});
const packer = functionModel({
  qualifiers: [
    { name: '1', version: '1', asyncInvoke },
    { name: 'live', version: '1', asyncInvoke },
  ],
  resourcePolicy: [statement(`${ARN}:live`), statement(ARN)],
});

test.each([
  [{ FunctionName: `${ARN}:live` }, 'live'],
  [{ FunctionName: 'packer:live' }, 'live'],
  [{ FunctionName: 'packer', Qualifier: 'live' }, 'live'],
  [{ FunctionName: 'packer:live', Qualifier: 'live' }, 'live'],
  [{ FunctionName: 'packer', Qualifier: '1' }, '1'],
  [{ FunctionName: 'packer', Qualifier: '$LATEST' }, '$LATEST'],
  [{ FunctionName: 'packer' }, undefined],
])('%o is an invocation by %s', async (name, qualifier) => {
  const { client, invoked, accepted } = await testApi([packer]);
  await client.send(new InvokeCommand(name));
  await client.send(new InvokeCommand({ ...name, InvocationType: 'Event' }));
  for (const [request] of [invoked, accepted]) {
    expect(request?.functionName).toBe('packer');
    expect(request?.qualifier).toBe(qualifier);
  }
});

test.each(['RequestResponse', 'Event', 'DryRun'] as const)(
  'a version or alias that is not there is not found (%s)',
  async (InvocationType) => {
    const { client, invoked, accepted } = await testApi([packer]);
    for (const name of [{ FunctionName: 'packer:beta' }, { FunctionName: 'packer', Qualifier: 'beta' }]) {
      await expect(client.send(new InvokeCommand({ ...name, InvocationType }))).rejects.toMatchObject({
        name: 'ResourceNotFoundException',
        message: `Function not found: ${ARN}:beta`,
        $metadata: { httpStatusCode: 404 },
      });
    }
    expect([...invoked, ...accepted]).toEqual([]);
  },
);

test('two qualifiers that are not the same are refused', async () => {
  const { client } = await testApi([packer]);
  await expect(
    client.send(new InvokeCommand({ FunctionName: 'packer:live', Qualifier: '1' })),
  ).rejects.toMatchObject({
    name: 'InvalidParameterValueException',
    message: 'The derived qualifier from the function name does not match the specified qualifier.',
  });
});

test('what can be no qualifier is refused', async () => {
  const { client } = await testApi([packer]);
  for (const Qualifier of ['../live', 'live:1', 'a?b', 'ü'])
    await expect(client.send(new InvokeCommand({ FunctionName: 'packer', Qualifier }))).rejects.toMatchObject(
      {
        name: 'ValidationException',
        // LocalStack's record, test_lambda_api.snapshot.json, test_permission_exceptions.
        message: `1 validation error detected: Value '${Qualifier}' at 'qualifier' failed to satisfy constraint: Member must satisfy regular expression pattern: \\$(LATEST(\\.PUBLISHED)?)|[a-zA-Z0-9-_$]+`,
      },
    );
});

test('the configuration is that of the version or alias that is asked for', async () => {
  const { client } = await testApi([packer]);
  const configurationOf = (Qualifier?: string) =>
    client.send(new GetFunctionConfigurationCommand({ FunctionName: 'packer', Qualifier }));
  expect(await configurationOf('live')).toMatchObject({ FunctionArn: `${ARN}:live`, Version: '1' });
  expect(await configurationOf('1')).toMatchObject({ FunctionArn: `${ARN}:1`, Version: '1' });
  expect(await configurationOf()).toMatchObject({ FunctionArn: ARN, Version: '$LATEST' });
});

test('all versions are listed when all are asked for', async () => {
  const { client } = await testApi([packer]);
  const listed = async (FunctionVersion?: 'ALL') =>
    (await client.send(new ListFunctionsCommand({ FunctionVersion }))).Functions?.map((each) => [
      each.FunctionArn,
      each.Version,
    ]);
  expect(await listed()).toEqual([[ARN, '$LATEST']]);
  expect(await listed('ALL')).toEqual([
    [`${ARN}:$LATEST`, '$LATEST'],
    [`${ARN}:1`, '1'],
  ]);
});

test('each version and alias has its own policy', async () => {
  const { client } = await testApi([packer]);
  const resourcesOf = async (Qualifier?: string) => {
    const { Policy = '' } = await client.send(new GetPolicyCommand({ FunctionName: 'packer', Qualifier }));
    return JSON.parse(Policy).Statement.map(({ Resource }: { Resource: string }) => Resource);
  };
  expect(await resourcesOf('live')).toEqual([`${ARN}:live`]);
  expect(await resourcesOf()).toEqual([ARN]);
  await expect(resourcesOf('1')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});

test('versions and aliases are listed in pages', async () => {
  const qualifiers = ['1', '2', 'live', 'next'].map((name, at) => ({
    name,
    version: at < 2 ? name : '1',
    asyncInvoke,
  }));
  const { client } = await testApi([functionModel({ qualifiers })]);
  const page = { FunctionName: 'packer', MaxItems: 2 };
  const versions = await client.send(new ListVersionsByFunctionCommand(page));
  expect(versions.Versions?.map(({ Version }) => Version)).toEqual(['$LATEST', '1']);
  const rest = await client.send(new ListVersionsByFunctionCommand({ ...page, Marker: versions.NextMarker }));
  expect(rest).toMatchObject({ Versions: [{ Version: '2' }] });
  expect(rest.NextMarker).toBeUndefined();

  const first = await client.send(new ListAliasesCommand({ ...page, MaxItems: 1 }));
  expect(first.Aliases?.map(({ Name }) => Name)).toEqual(['live']);
  const second = await client.send(new ListAliasesCommand({ ...page, Marker: first.NextMarker }));
  expect(second.Aliases?.map(({ Name }) => Name)).toEqual(['next']);
  // A marker counts for the list that it came with.
  await expect(
    client.send(new ListAliasesCommand({ ...page, Marker: versions.NextMarker })),
  ).rejects.toMatchObject({ name: 'InvalidParameterValueException', Type: 'User' });
});

// Lambda reference, "ListFunctions": a number from 1 to 10000, and the word ALL.
test.each([
  [
    { MaxItems: 0 },
    "Value '0' at 'maxItems' failed to satisfy constraint: Member must have value greater than or equal to 1",
  ],
  [
    { MaxItems: 10_001 },
    "Value '10001' at 'maxItems' failed to satisfy constraint: Member must have value less than or equal to 10000",
  ],
])('a list of %o is refused', async (input, message) => {
  const { client } = await testApi();
  await expect(client.send(new ListFunctionsCommand(input))).rejects.toMatchObject({
    name: 'ValidationException',
    message: `1 validation error detected: ${message}`,
  });
});

// The words are LocalStack's record's, test_lambda_api.snapshot.json, test_function_name_and_qualifier_validation.
test('a name and a qualifier beyond their limits are told in one answer', async () => {
  const { client } = await testApi([packer]);
  const Qualifier = 'a'.repeat(129);
  const FunctionName = 'arn:aws:lambda:invalid-region:111111111111:function:my-function';
  await expect(client.send(new InvokeCommand({ FunctionName, Qualifier }))).rejects.toMatchObject({
    name: 'ValidationException',
    message: `2 validation errors detected: Value '${Qualifier}' at 'qualifier' failed to satisfy constraint: Member must have length less than or equal to 128; Value '${FunctionName}' at 'functionName' failed to satisfy constraint: Member must satisfy regular expression pattern: (arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_\\.]+)(:(\\$LATEST(\\.PUBLISHED)?|[a-zA-Z0-9-_]+))?`,
  });
});

// The same record, [function_name_too_long-invoke].
test('a name that no function can have is not found', async () => {
  const { client } = await testApi([packer]);
  await expect(client.send(new InvokeCommand({ FunctionName: 'pack.er' }))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
    message: 'Function not found: arn:aws:lambda:eu-west-1:123456789012:function:pack.er:$LATEST',
  });
});

test('tags are those of an ARN', async () => {
  const { client } = await testApi([functionModel({ tags: { shift: 'night' } })]);
  expect((await client.send(new ListTagsCommand({ Resource: ARN }))).Tags).toEqual({ shift: 'night' });
  // The same record, test_tag_exceptions.
  await expect(client.send(new ListTagsCommand({ Resource: 'arn:aws:something' }))).rejects.toMatchObject({
    name: 'ValidationException',
    message: expect.stringContaining(
      "Value 'arn:aws:something' at 'resource' failed to satisfy constraint: Member must satisfy regular expression pattern: arn:(aws",
    ),
  });
});
