import {
  AddTagsToResourceCommand,
  DeleteParameterCommand,
  DeleteParametersCommand,
  DescribeParametersCommand,
  GetParameterCommand,
  GetParameterHistoryCommand,
  GetParametersByPathCommand,
  GetParametersCommand,
  LabelParameterVersionCommand,
  ListTagsForResourceCommand,
  PutParameterCommand,
  RemoveTagsFromResourceCommand,
  SSMClient,
  UnlabelParameterVersionCommand,
} from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RunningLoop, startLoop } from '../../../src/index.ts';
import { projectFolder } from '../../loop-in-process.ts';

const TEMPLATE = `
Transform: AWS::Serverless-2016-10-31
Resources:
  Rate:
    Type: AWS::SSM::Parameter
    Properties: { Name: /shop/rate, Type: String, Value: '7', Description: A rate, Tags: { team: snacks } }
  Reader:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: nodejs24.x
      Handler: reader.handler
      CodeUri: code/
      Environment: { Variables: { RATE: '{{resolve:ssm:/shop/rate}}', NONE: '{{resolve:ssm:/no/such}}', OUT: !Ref Given } }
      Policies: [ { SSMParameterReadPolicy: { ParameterName: shop/rate } } ]
Parameters:
  Given: { Type: 'AWS::SSM::Parameter::Value<String>', Default: /given/url }
`;
const READER = `
const { SSMClient, GetParameterCommand } = require('@aws-sdk/client-ssm');
const ssm = new SSMClient();
exports.handler = async ({ Name }) => {
  const { RATE, NONE, OUT } = process.env;
  if (!Name) return { RATE, NONE, OUT };
  try { return (await ssm.send(new GetParameterCommand({ Name }))).Parameter.Value; }
  catch ({ name, message }) { return name + ': ' + message; }
};`;

let loop: RunningLoop;
let ssm: SSMClient;

beforeAll(async () => {
  const folder = projectFolder(
    {
      'template.yaml': TEMPLATE,
      'code/reader.js': READER,
    },
    afterAll,
  );
  loop = await startLoop({
    template: `${folder}/template.yaml`,
    storedParameters: { '/given/url': 'http://here', '/given/key': { type: 'SecureString', value: 'hush' } },
  });
  ssm = new SSMClient({
    endpoint: loop.endpoint,
    region: loop.region,
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
  });
});
afterAll(async () => {
  ssm?.destroy();
  await loop?.stop();
});

const refusal = (promise: Promise<unknown>) =>
  promise.then(
    () => 'taken',
    (error) => `${error.name}: ${error.message}`,
  );
const put = (Name: string, Value: string, more = {}) =>
  ssm.send(new PutParameterCommand({ Name, Value, Type: 'String', ...more }));
const get = async (Name: string, WithDecryption = false) =>
  (await ssm.send(new GetParameterCommand({ Name, WithDecryption }))).Parameter;

// LocalStack's records of AWS: tests/aws/services/ssm/test_ssm.snapshot.json.
test('a parameter is found by its name and its ARN, as recorded', async () => {
  expect(await put('/path/one', '123')).toMatchObject({ Tier: 'Standard', Version: 1 });
  const ARN = `arn:aws:ssm:${loop.region}:000000000000:parameter/path/one`;
  const found = {
    ARN,
    DataType: 'text',
    LastModifiedDate: expect.any(Date),
    Name: '/path/one',
    Type: 'String',
    Value: '123',
    Version: 1,
  };
  expect(await get('/path/one')).toEqual(found);
  expect(await get(ARN)).toEqual(found);
  const both = await ssm.send(new GetParametersCommand({ Names: ['/path/one', '/none'] }));
  expect(both).toMatchObject({ Parameters: [found], InvalidParameters: ['/none'] });
});

// getmoto/moto, tests/test_ssm/test_ssm.py, test_parameter_lifecycle_with_leading_slash, which was run against AWS.
test.each(['/lead-with', 'lead-without'])('%s is one parameter with a slash and without it', async (name) => {
  const bare = name.replace('/', '');
  for (const access of [bare, `/${bare}`]) {
    await put(name, 'x');
    expect(await get(access)).toMatchObject({ ARN: (await get(name))?.ARN });
    const { Parameters } = await ssm.send(new GetParametersCommand({ Names: [access] }));
    expect(Parameters).toHaveLength(1);
    await ssm.send(new DeleteParameterCommand({ Name: access }));
    expect(await refusal(get(name))).toMatch(/^ParameterNotFound/);
  }
});

// https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_LabelParameterVersion.html, and API_PutParameter.html
test('a write makes a version, which its number or label names (PutParameter, LabelParameterVersion)', async () => {
  await put('versions', 'a');
  expect(await refusal(put('versions', 'b'))).toMatch(
    /^ParameterAlreadyExists: The parameter already exists/,
  );
  expect(await put('versions', 'b', { Overwrite: true, Type: undefined })).toMatchObject({ Version: 2 });
  expect(
    await ssm.send(
      new LabelParameterVersionCommand({ Name: 'versions', ParameterVersion: 1, Labels: ['old', 'aws-x'] }),
    ),
  ).toMatchObject({ InvalidLabels: ['aws-x'], ParameterVersion: 1 });
  expect(await get('versions')).toMatchObject({ Value: 'b', Version: 2 });
  expect(await get('versions:1')).toMatchObject({ Value: 'a', Selector: ':1' });
  expect(await get('versions:old')).toMatchObject({ Value: 'a', Selector: ':old' });
  expect(await refusal(get('versions:9'))).toMatch(/^ParameterVersionNotFound: .*version 9 of versions/);
  const history = await ssm.send(new GetParameterHistoryCommand({ Name: 'versions', MaxResults: 1 }));
  expect(history.Parameters).toMatchObject([{ Version: 1, Value: 'a', Labels: ['old'] }]);
  const { NextToken } = history;
  const rest = await ssm.send(new GetParameterHistoryCommand({ Name: 'versions', NextToken }));
  expect(rest.Parameters).toMatchObject([{ Version: 2, Labels: [] }]);
  const unlabel = { Name: 'versions', ParameterVersion: 1, Labels: ['old', 'none'] };
  expect(await ssm.send(new UnlabelParameterVersionCommand(unlabel))).toMatchObject({
    RemovedLabels: ['old'],
    InvalidLabels: ['none'],
  });
});

test('names, values and patterns that Parameter Store refuses (Systems Manager guide, "Requirements and constraints for parameter names")', async () => {
  expect(await refusal(put('a/b', 'x'))).toBe(
    'ValidationException: Parameter name must be a fully qualified name.',
  );
  expect(await refusal(put('ssm-x', 'x'))).toMatch(/can't be prefixed with "aws" or "ssm"/);
  expect(await refusal(put('/aws/x', 'x'))).toMatch(/^AccessDeniedException: No access to reserved/);
  expect(await refusal(put('a b', 'x'))).toMatch(/^ValidationException: Parameter name: can only be a mix/);
  expect(await refusal(put(`/${'a/'.repeat(15)}b`, 'x'))).toMatch(/^HierarchyLevelLimitExceededException/);
  expect(await refusal(put('long', 'x'.repeat(4097)))).toMatch(/Standard tier parameters support a maximum/);
  expect(await put('long', 'x'.repeat(4097), { Tier: 'Intelligent-Tiering' })).toMatchObject({
    Tier: 'Advanced',
  });
  expect(await refusal(put('number', 'x', { AllowedPattern: '\\d+' }))).toBe(
    'ParameterPatternMismatchException: Parameter value, cannot be validated against allowedPattern: \\d+',
  );
  expect(await refusal(put('number', 'x', { AllowedPattern: '(' }))).toMatch(/^InvalidAllowedPattern/);
  expect(await refusal(get('none'))).toBe('ParameterNotFound: Parameter none not found.');
});

// awslabs/aws-simple-cicd, issue 10, and aws/aws-cdk, issue 1621, quote AWS's answer.
test('near: the refusal names the parameter that is not there, where the message of AWS is empty', async () => {
  expect(await refusal(get('/none/at/all'))).toBe('ParameterNotFound: Parameter /none/at/all not found.');
});

// https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameter.html, WithDecryption
test('a secure string is told only to who asks for its decryption', async () => {
  await put('hidden', 'hush', { Type: 'SecureString' });
  expect((await get('hidden'))?.Value).not.toContain('hush');
  expect((await get('hidden', true))?.Value).toBe('hush');
  expect((await get('/given/key', true))?.Value).toBe('hush');
});

// https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParametersByPath.html
test('a hierarchy is read by path, page by page and by filters (GetParametersByPath)', async () => {
  for (const name of ['/tree/a', '/tree/b', '/tree/deep/c']) await put(name, name);
  const below = async (more: object) => {
    const read = await ssm.send(new GetParametersByPathCommand({ Path: '/tree', ...more }));
    return { names: read.Parameters?.map(({ Name }) => Name), token: read.NextToken };
  };
  expect(await below({})).toEqual({ names: ['/tree/a', '/tree/b'], token: undefined });
  const first = await below({ Recursive: true, MaxResults: 2 });
  expect(first.names).toEqual(['/tree/a', '/tree/b']);
  expect(await below({ Recursive: true, NextToken: first.token })).toMatchObject({ names: ['/tree/deep/c'] });
  expect(await refusal(below({ NextToken: 'x' }))).toMatch(/^InvalidNextToken/);
  const filters = [{ Key: 'Name', Option: 'BeginsWith', Values: ['/tree/'] }];
  const described = await ssm.send(new DescribeParametersCommand({ ParameterFilters: filters }));
  expect(described.Parameters).toHaveLength(3);
  expect(
    await refusal(
      ssm.send(
        new DescribeParametersCommand({
          ParameterFilters: [{ Key: 'Label', Option: 'Contains', Values: ['x'] }],
        }),
      ),
    ),
  ).toMatch(/^InvalidFilterOption/);
});

test('parameters are tagged and deleted', async () => {
  await put('tagged', 'x', { Tags: [{ Key: 'a', Value: '1' }] });
  const resource = { ResourceType: 'Parameter', ResourceId: 'tagged' } as const;
  await ssm.send(new AddTagsToResourceCommand({ ...resource, Tags: [{ Key: 'b', Value: '2' }] }));
  await ssm.send(new RemoveTagsFromResourceCommand({ ...resource, TagKeys: ['a'] }));
  expect((await ssm.send(new ListTagsForResourceCommand(resource))).TagList).toEqual([
    { Key: 'b', Value: '2' },
  ]);
  await ssm.send(new DeleteParameterCommand({ Name: 'tagged' }));
  expect(await refusal(ssm.send(new DeleteParameterCommand({ Name: 'tagged' })))).toMatch(
    /^ParameterNotFound/,
  );
  await put('gone', 'x');
  expect(await ssm.send(new DeleteParametersCommand({ Names: ['gone', 'never'] }))).toMatchObject({
    DeletedParameters: ['gone'],
    InvalidParameters: ['never'],
  });
});

// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references-ssm.html
test('a template makes parameters, and takes values of them and of the file that is given', async () => {
  expect(await get('/shop/rate')).toMatchObject({ Value: '7', Type: 'String' });
  const answer = await loop.invoke('Reader', {});
  expect(answer.payload).toEqual({ RATE: '7', NONE: '{{resolve:ssm:/no/such}}', OUT: 'http://here' });
});

test('a function reads the parameters that its role names, and no others', async () => {
  expect((await loop.invoke('Reader', { Name: '/shop/rate' })).payload).toBe('7');
  expect((await loop.invoke('Reader', { Name: '/given/url' })).payload).toMatch(
    /^AccessDeniedException: .*ssm:GetParameter on resource: arn:aws:ssm:[^:]*:000000000000:parameter\/given\/url/,
  );
});

test('a reset leaves what the template and the file gave', async () => {
  await put('/shop/rate', '9', { Overwrite: true });
  await put('mine', 'x');
  await loop.reset();
  expect(await get('/shop/rate')).toMatchObject({ Value: '7', Version: 1 });
  expect(await get('/given/url')).toMatchObject({ Value: 'http://here' });
  expect(await refusal(get('mine'))).toMatch(/^ParameterNotFound/);
});
