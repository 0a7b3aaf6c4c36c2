import { randomUUID } from 'node:crypto';
import {
  BatchGetSecretValueCommand,
  CreateSecretCommand,
  DeleteResourcePolicyCommand,
  DeleteSecretCommand,
  DescribeSecretCommand,
  GetRandomPasswordCommand,
  GetResourcePolicyCommand,
  GetSecretValueCommand,
  ListSecretsCommand,
  ListSecretVersionIdsCommand,
  PutResourcePolicyCommand,
  PutSecretValueCommand,
  paginateListSecretVersionIds,
  RestoreSecretCommand,
  SecretsManagerClient,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateSecretCommand,
  UpdateSecretVersionStageCommand,
} from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RunningLoop, startLoop } from '../../../src/index.ts';
import { projectFolder } from '../../loop-in-process.ts';
import { signedFor } from '../gateway/gateway-under-test.ts';

const TEMPLATE = `
Transform: AWS::Serverless-2016-10-31
Resources:
  Drawn:
    Type: AWS::SecretsManager::Secret
    Properties:
      Name: drawn
      Description: A drawn one
      GenerateSecretString: { SecretStringTemplate: '{"user":"me"}', GenerateStringKey: password, PasswordLength: 20, ExcludePunctuation: true }
  Reader:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: nodejs24.x
      Handler: reader.handler
      CodeUri: code/
      Environment: { Variables: { USER: '{{resolve:secretsmanager:given:SecretString:user}}' } }
      Policies: [ { AWSSecretsManagerGetSecretValuePolicy: { SecretArn: !Ref Drawn } } ]
`;
const READER = `
const { SecretsManagerClient, GetSecretValueCommand } = require('@aws-sdk/client-secrets-manager');
const client = new SecretsManagerClient();
exports.handler = async ({ SecretId }) => {
  if (!SecretId) return process.env.USER;
  try { return (await client.send(new GetSecretValueCommand({ SecretId }))).SecretString; }
  catch ({ name, message }) { return name + ': ' + message; }
};`;

let loop: RunningLoop;
let client: SecretsManagerClient;

beforeAll(async () => {
  const folder = projectFolder({ 'template.yaml': TEMPLATE, 'code/reader.js': READER }, afterAll);
  loop = await startLoop({
    template: `${folder}/template.yaml`,
    secrets: { given: '{"user":"somebody"}' },
    clock: { day: 'manual' },
  });
  client = new SecretsManagerClient({
    endpoint: loop.endpoint,
    region: loop.region,
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
  });
});
afterAll(async () => {
  client?.destroy();
  await loop?.stop();
});

const refusal = (promise: Promise<unknown>) =>
  promise.then(
    () => 'taken',
    (error) => `${error.name}: ${error.message}`,
  );
const create = (Name: string, SecretString?: string, more = {}) =>
  client.send(
    new CreateSecretCommand({ Name, ...(SecretString !== undefined && { SecretString }), ...more }),
  );
const read = (SecretId: string, more = {}) => client.send(new GetSecretValueCommand({ SecretId, ...more }));
const describe = (SecretId: string) => client.send(new DescribeSecretCommand({ SecretId }));

// The words and answers are recorded: LocalStack, tests/aws/services/secretsmanager/test_secretsmanager.snapshot.json.
test('a secret is made, and found by its name, ARN, and ARN without the end', async () => {
  const { ARN = '', VersionId } = await create('found', 'hush');
  expect(ARN).toMatch(/^arn:aws:secretsmanager:[^:]+:000000000000:secret:found-\w{6}$/);
  const value = { ARN, Name: 'found', SecretString: 'hush', VersionId, VersionStages: ['AWSCURRENT'] };
  expect(await read('found')).toMatchObject({ ...value, CreatedDate: expect.any(Date) });
  expect(await read(ARN)).toMatchObject(value);
  expect(await read(ARN.slice(0, -7))).toMatchObject(value);
  expect(await refusal(read('none'))).toBe(
    "ResourceNotFoundException: Secrets Manager can't find the specified secret.",
  );
  expect(await refusal(create('found', 'x'))).toBe(
    'ResourceExistsException: The operation failed because the secret found already exists.',
  );
  expect(await refusal(create('Inv Name', 'x'))).toBe(
    'ValidationException: Invalid name. Must be a valid name containing alphanumeric characters, or any of the following: -/_+=.@!',
  );
});

// The same record, test_invalid_secret_name: each operation that names a secret says so.
test('a name that no secret can have is refused by every operation', async () => {
  const SecretId = 'Inv Name';
  const calls = [
    describe(SecretId),
    read(SecretId),
    client.send(new DeleteSecretCommand({ SecretId, ForceDeleteWithoutRecovery: true })),
    client.send(new PutSecretValueCommand({ SecretId, SecretString: 'x' })),
    client.send(new TagResourceCommand({ SecretId, Tags: [{ Key: 'a', Value: 'b' }] })),
  ];
  for (const call of calls)
    expect(await refusal(call)).toMatch(/^ValidationException: Invalid name\. Must be/);
});

// The same record, test_secret_not_found and test_no_client_request_token: the service's own errors have `Message`.
test('errors of the service’s own spell their message with a capital', async () => {
  const answer = await fetch(loop.endpoint, {
    method: 'POST',
    headers: {
      Authorization: signedFor('secretsmanager'),
      'Content-Type': 'application/x-amz-json-1.1',
      'X-Amz-Target': 'secretsmanager.GetSecretValue',
    },
    body: '{"SecretId":"none"}',
  });
  expect(await answer.json()).toEqual({
    __type: 'ResourceNotFoundException',
    Message: "Secrets Manager can't find the specified secret.",
  });
});

// https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html, SecretBinary
test('bytes come back as they went', async () => {
  const SecretBinary = Uint8Array.from([0, 255, 1, 128]);
  await client.send(new CreateSecretCommand({ Name: 'bytes', SecretBinary }));
  expect((await read('bytes')).SecretBinary).toEqual(SecretBinary);
  expect(await refusal(create('both', 'x', { SecretBinary }))).toMatch(
    /^InvalidParameterException: You can't specify both/,
  );
});

// https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_PutSecretValue.html: "When you move AWSCURRENT …, Secrets Manager automatically moves AWSPREVIOUS"
test('AWSPREVIOUS follows AWSCURRENT, and a version is asked for by id or label (PutSecretValue)', async () => {
  const { VersionId: first = '' } = await create('moved', 'a');
  const second = randomUUID();
  const put = { SecretId: 'moved', SecretString: 'b', ClientRequestToken: second };
  expect(await client.send(new PutSecretValueCommand(put))).toMatchObject({
    VersionId: second,
    VersionStages: ['AWSCURRENT'],
  });
  // The same again is no other version; another value under the same token is refused.
  expect(await client.send(new PutSecretValueCommand(put))).toMatchObject({ VersionId: second });
  expect(await refusal(client.send(new PutSecretValueCommand({ ...put, SecretString: 'c' })))).toMatch(
    /^ResourceExistsException: You can't use ClientRequestToken/,
  );
  expect((await describe('moved')).VersionIdsToStages).toEqual({
    [first]: ['AWSPREVIOUS'],
    [second]: ['AWSCURRENT'],
  });
  expect(await read('moved', { VersionStage: 'AWSPREVIOUS' })).toMatchObject({ SecretString: 'a' });
  expect(await read('moved', { VersionId: first })).toMatchObject({ SecretString: 'a' });
  expect(await refusal(read('moved', { VersionStage: 'NONE' }))).toBe(
    "ResourceNotFoundException: Secrets Manager can't find the specified secret value for staging label: NONE",
  );
  expect(await refusal(read('moved', { VersionId: first, VersionStage: 'AWSCURRENT' }))).toMatch(
    /^InvalidRequestException: You provided a VersionStage that is not associated/,
  );
  const move = { SecretId: 'moved', VersionStage: 'AWSCURRENT', MoveToVersionId: first };
  expect(await refusal(client.send(new UpdateSecretVersionStageCommand(move)))).toMatch(
    /^InvalidParameterException: .*must explicitly reference that version in RemoveFromVersionId/,
  );
  await client.send(new UpdateSecretVersionStageCommand({ ...move, RemoveFromVersionId: second }));
  expect(await read('moved')).toMatchObject({ SecretString: 'a', VersionId: first });
  const pending = { SecretId: 'moved', SecretString: 'd', VersionStages: ['AWSPENDING'] };
  await client.send(new PutSecretValueCommand(pending));
  expect(await read('moved')).toMatchObject({ SecretString: 'a' });
  const { Versions } = await client.send(new ListSecretVersionIdsCommand({ SecretId: 'moved' }));
  expect(Versions).toHaveLength(3);
});

// The same record, test_update_secret_version_stages_current_pending and …_cycle_custom_stages_1.
test('a version that becomes AWSPREVIOUS is pending no more, and labels are told in their order', async () => {
  await create('cycled', 'a');
  const next = { SecretId: 'cycled', SecretString: 'b', VersionStages: ['OWN', 'AWSPENDING'] };
  const pending = await client.send(new PutSecretValueCommand(next));
  expect(pending.VersionStages).toEqual(['AWSPENDING', 'OWN']);
  const { VersionId: first } = await read('cycled');
  const move = { VersionStage: 'AWSCURRENT', MoveToVersionId: pending.VersionId, RemoveFromVersionId: first };
  await client.send(new UpdateSecretVersionStageCommand({ SecretId: 'cycled', ...move }));
  expect((await read('cycled')).VersionStages).toEqual(['AWSCURRENT', 'AWSPENDING', 'OWN']);
  await client.send(new PutSecretValueCommand({ SecretId: 'cycled', SecretString: 'c' }));
  const { Versions } = await client.send(new ListSecretVersionIdsCommand({ SecretId: 'cycled' }));
  expect(Versions).toMatchObject([
    {
      VersionId: pending.VersionId,
      VersionStages: ['AWSPREVIOUS', 'OWN'],
      KmsKeyIds: ['DefaultEncryptionKey'],
      LastAccessedDate: expect.any(Date),
    },
    { VersionStages: ['AWSCURRENT'], KmsKeyIds: ['DefaultEncryptionKey'] },
  ]);
  expect(Versions?.[1]).not.toHaveProperty('LastAccessedDate');
});

// https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_PutSecretValue.html: "Secrets Manager keeps 100 of the most recent versions, but it keeps all secret versions created in the last 24 hours"
test('a hundred versions are kept, and all those of the last day', async () => {
  await create('many', '0');
  for (let value = 1; value <= 103; value += 1)
    await client.send(new PutSecretValueCommand({ SecretId: 'many', SecretString: String(value) }));
  const kept = async () => {
    const all = { SecretId: 'many', IncludeDeprecated: true };
    const pages = paginateListSecretVersionIds({ client }, all);
    let found = 0;
    for await (const { Versions = [] } of pages) found += Versions.length;
    return found;
  };
  expect(await kept()).toBe(104);
  await loop.clock.advance(24 * 3_600_000 + 1);
  await client.send(new PutSecretValueCommand({ SecretId: 'many', SecretString: 'last' }));
  expect(await kept()).toBe(100);
});

// https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_UpdateSecret.html
test('settings change, with a value or without (UpdateSecret)', async () => {
  await create('changed', 'a', { Description: 'one' });
  expect(
    await client.send(new UpdateSecretCommand({ SecretId: 'changed', Description: 'two' })),
  ).not.toHaveProperty('VersionId');
  await client.send(new UpdateSecretCommand({ SecretId: 'changed', SecretString: 'b' }));
  expect(await describe('changed')).toMatchObject({ Description: 'two' });
  expect(await read('changed')).toMatchObject({ SecretString: 'b' });
});

// https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_DeleteSecret.html, RecoveryWindowInDays: 7 to 30 days
test('a deleted secret can be restored within its window, and is gone after it (DeleteSecret)', async () => {
  await create('left', 'a');
  const { DeletionDate } = await client.send(
    new DeleteSecretCommand({ SecretId: 'left', RecoveryWindowInDays: 7 }),
  );
  expect(DeletionDate).toBeInstanceOf(Date);
  expect(await refusal(read('left'))).toMatch(/^InvalidRequestException: .*marked for deletion/);
  expect(await refusal(create('left', 'b'))).toMatch(/already scheduled for deletion/);
  await client.send(new RestoreSecretCommand({ SecretId: 'left' }));
  expect(await read('left')).toMatchObject({ SecretString: 'a' });
  await client.send(new DeleteSecretCommand({ SecretId: 'left', RecoveryWindowInDays: 7 }));
  await loop.clock.advance(7 * 24 * 3_600_000 + 1000);
  expect(await refusal(read('left'))).toMatch(/^ResourceNotFoundException/);
  await create('at-once', 'a');
  await client.send(new DeleteSecretCommand({ SecretId: 'at-once', ForceDeleteWithoutRecovery: true }));
  await create('at-once', 'b');
  // LocalStack's record, test_delete_non_existent_secret_returns_as_if_secret_exists.
  const never = { SecretId: 'never-made', ForceDeleteWithoutRecovery: true };
  expect(await client.send(new DeleteSecretCommand(never))).toMatchObject({
    Name: 'never-made',
    ARN: expect.stringContaining(':secret:never-made-'),
    DeletionDate: expect.any(Date),
  });
  expect(await refusal(client.send(new DeleteSecretCommand({ SecretId: 'never-made' })))).toMatch(
    /^ResourceNotFoundException/,
  );
  const both = { SecretId: 'at-once', ForceDeleteWithoutRecovery: true, RecoveryWindowInDays: 7 };
  expect(await refusal(client.send(new DeleteSecretCommand(both)))).toMatch(/^InvalidParameterException/);
});

// https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_ListSecrets.html
test('secrets are listed page by page and by filters (ListSecrets)', async () => {
  for (const name of ['list/a', 'list/b', 'list/c'])
    await create(name, 'x', { Tags: [{ Key: 'list', Value: name.slice(-1) }] });
  const Filters = [{ Key: 'name' as const, Values: ['list/'] }];
  const list = (more = {}) =>
    client.send(new ListSecretsCommand({ Filters, SortBy: 'name', MaxResults: 2, ...more }));
  const first = await list();
  expect(first.SecretList?.map(({ Name }) => Name)).toEqual(['list/a', 'list/b']);
  const { NextToken } = first;
  expect((await list({ NextToken })).SecretList?.map(({ Name }) => Name)).toEqual(['list/c']);
  const tagged = await list({ Filters: [{ Key: 'tag-value', Values: ['b'] }] });
  expect(tagged.SecretList).toMatchObject([{ Name: 'list/b' }]);
  expect(await refusal(list({ NextToken: 'x' }))).toMatch(/^InvalidNextTokenException/);
  const batch = await client.send(new BatchGetSecretValueCommand({ SecretIdList: ['list/a', 'none'] }));
  expect(batch).toMatchObject({
    SecretValues: [{ Name: 'list/a', SecretString: 'x' }],
    Errors: [{ SecretId: 'none', ErrorCode: 'ResourceNotFoundException' }],
  });
});

// getmoto/moto, tests/test_secretsmanager/test_list_secrets.py: its tests of "all", which were run against AWS.
test('the filter "all" looks for beginnings of words, which capitals and punctuation part', async () => {
  const names = [
    'prod/WordBeta/z',
    'prod_WordBeta_z',
    'prod+WordBeta+z',
    'zat/COMPANY/z',
    'zat/COMPANYthings/z',
  ];
  for (const name of names) await create(name, 'x');
  const found = async (...Values: string[]) => {
    const { SecretList } = await client.send(
      new ListSecretsCommand({ Filters: [{ Key: 'all', Values }], SortBy: 'created-date' }),
    );
    return SecretList?.map(({ Name }) => Name);
  };
  expect(await found('WordBeta')).toEqual(names.slice(0, 3));
  expect(await found('beta')).toEqual(names.slice(0, 3));
  expect(await found('company')).toEqual(['zat/COMPANY/z']);
  expect(await found('Ythings')).toEqual(['zat/COMPANYthings/z']);
  expect(await found('things')).toEqual([]);
  expect(await found('pany')).toEqual([]);
  expect(await found('+')).toEqual([]);
});

// The same record, test_create_and_update_secret (a secret without tags has no Tags) and test_resource_policy.
test('tags and a policy are kept', async () => {
  await create('kept', 'x');
  const SecretId = 'kept';
  await client.send(new TagResourceCommand({ SecretId, Tags: [{ Key: 'a', Value: '1' }] }));
  expect((await describe(SecretId)).Tags).toEqual([{ Key: 'a', Value: '1' }]);
  await client.send(new UntagResourceCommand({ SecretId, TagKeys: ['a'] }));
  expect(await describe(SecretId)).not.toHaveProperty('Tags');
  const ResourcePolicy = '{"Version":"2012-10-17","Statement":[]}';
  await client.send(new PutResourcePolicyCommand({ SecretId, ResourcePolicy }));
  expect(await client.send(new GetResourcePolicyCommand({ SecretId }))).toMatchObject({ ResourcePolicy });
  await client.send(new DeleteResourcePolicyCommand({ SecretId }));
  expect(await client.send(new GetResourcePolicyCommand({ SecretId }))).not.toHaveProperty('ResourcePolicy');
});

// https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetRandomPassword.html
test('a password has the characters that are asked for (GetRandomPassword)', async () => {
  const draw = async (more: object) =>
    (await client.send(new GetRandomPasswordCommand(more))).RandomPassword ?? '';
  expect(await draw({})).toHaveLength(32);
  const digits = { ExcludeLowercase: true, ExcludeUppercase: true, ExcludePunctuation: true };
  expect(await draw({ ...digits, PasswordLength: 12, ExcludeCharacters: '01234' })).toMatch(/^[5-9]{12}$/);
  expect(await refusal(draw({ ...digits, ExcludeNumbers: true }))).toMatch(/^InvalidParameterException/);
  expect(await refusal(draw({ PasswordLength: 3 }))).toMatch(/^InvalidParameterException/);
});

// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-secretsmanager-secret.html, GenerateSecretString
test('a template draws a secret, and takes a value of one that is given', async () => {
  const { SecretString = '{}' } = await read('drawn');
  expect(JSON.parse(SecretString)).toEqual({
    user: 'me',
    password: expect.stringMatching(/^[A-Za-z0-9]{20}$/),
  });
  expect(loop.physicalId('Drawn')).toBe((await describe('drawn')).ARN);
  expect((await loop.invoke('Reader')).payload).toBe('somebody');
});

test('a function reads the secret that its role names, and no other', async () => {
  const { SecretString } = await read('drawn');
  expect((await loop.invoke('Reader', { SecretId: 'drawn' })).payload).toBe(SecretString);
  expect((await loop.invoke('Reader', { SecretId: 'given' })).payload).toMatch(
    /^AccessDeniedException: .*secretsmanager:GetSecretValue on resource: arn:aws:secretsmanager:.*:secret:given-/,
  );
});

test('a reset leaves the secrets that were given and drawn, as they were', async () => {
  const { SecretString } = await read('drawn');
  await client.send(new PutSecretValueCommand({ SecretId: 'drawn', SecretString: 'other' }));
  await create('mine', 'x');
  await loop.reset();
  expect(await read('drawn')).toMatchObject({ SecretString });
  expect(await refusal(read('mine'))).toMatch(/^ResourceNotFoundException/);
});
