import { zipOf } from '../../zip.ts';
import { Base64Bytes, type Go, type ServiceContract, TextBytes, textIn } from '../contract.ts';

const contents = 'exports.handler = async (event) => event;';
const FUNCTION = 'arn:aws:lambda:eu-west-1:000000000000:function:';
const LAYER = 'arn:aws:lambda:eu-west-1:000000000000:layer:nowhere';
const BUCKET = { S3Bucket: 'contract-code', S3Key: 'code.zip' };
const made = {
  Runtime: 'nodejs24.x',
  Handler: 'index.handler',
  Role: 'arn:aws:iam::000000000000:role/contract-lambda',
};

export const LAMBDA_CONTRACT: ServiceContract = {
  title: 'Lambda',
  service: 'lambda',
  async good(go, other) {
    const Statement = {
      Effect: 'Allow',
      Principal: { Service: 'lambda.amazonaws.com' },
      Action: 'sts:AssumeRole',
    };
    await other('iam', 'CreateRole', {
      RoleName: 'contract-lambda',
      AssumeRolePolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement }),
    });
    const May = { Effect: 'Allow', Action: ['sqs:*', 'logs:*'], Resource: '*' };
    await other('iam', 'PutRolePolicy', {
      ...{ RoleName: 'contract-lambda', PolicyName: 'may' },
      PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: May }),
    });
    const ZipFile = new Base64Bytes(zipOf([{ name: 'index.js', contents }]));
    const named = { FunctionName: 'contract' };
    await go('CreateFunction', { ...named, ...made, Code: { ZipFile } });
    await go('CreateFunction', { FunctionName: 'contract-other', ...made, Code: { ZipFile } });
    await callFunction(go, named, ZipFile);
    await callVersions(go, named);
    await callSettings(go, named);
    await callLayers(go, ZipFile);
    await other('sqs', 'CreateQueue', { QueueName: 'contract-source' });
    await callSources(go, named);
    await go('GetAccountSettings');
    await go('DeleteFunction', named);
  },
  nowhere: { FunctionName: 'nowhere', LayerName: 'nowhere', Resource: `${FUNCTION}nowhere` },
  missing: 'ResourceNotFoundException',
  neverRefused: ['GetAccountSettings'],
  refused: [
    [
      'CreateFunction',
      { FunctionName: 'contract-other', ...made, Code: BUCKET },
      'ResourceConflictException',
    ],
    ['ListFunctions', { MaxItems: 10_001 }, 'ValidationException'],
    ['ListLayers', { MaxItems: 51 }, 'ValidationException'],
    ['ListLayerVersions', { LayerName: 'contract', MaxItems: 51 }, 'ValidationException'],
    ['PublishLayerVersion', { LayerName: 'no name', Content: BUCKET }, 'InvalidParameterValueException'],
    ['GetLayerVersionByArn', { Arn: `${LAYER}:1` }, 'ResourceNotFoundException'],
    ['DeleteLayerVersion', { LayerName: 'contract', VersionNumber: 0 }, 'InvalidParameterValueException'],
    ['CreateEventSourceMapping', { FunctionName: 'contract-other' }, 'InvalidParameterValueException'],
    ['ListEventSourceMappings', { MaxItems: 10_001 }, 'ValidationException'],
    ...['GetEventSourceMapping', 'UpdateEventSourceMapping', 'DeleteEventSourceMapping'].map(
      (operation) =>
        [operation, { UUID: '00000000-0000-4000-8000-000000000000' }, 'ResourceNotFoundException'] as const,
    ),
  ],
};

async function callFunction(go: Go, named: { FunctionName: string }, ZipFile: Uint8Array): Promise<void> {
  await go('ListFunctions');
  await go('GetFunction', named);
  await go('GetFunctionConfiguration', named);
  await go('UpdateFunctionConfiguration', { ...named, Description: 'two' });
  await go('UpdateFunctionCode', { ...named, ZipFile });
  await go('Invoke', { ...named, Payload: new TextBytes('{}') });
  await go('InvokeWithResponseStream', { ...named, Payload: new TextBytes('{}') });
  const resource = { Resource: `${FUNCTION}contract` };
  await go('TagResource', { ...resource, Tags: { a: 'b' } });
  await go('ListTags', resource);
  await go('UntagResource', { ...resource, TagKeys: ['a'] });
  const statement = { ...named, StatementId: 'one' };
  await go('AddPermission', {
    ...statement,
    Action: 'lambda:InvokeFunction',
    Principal: 'events.amazonaws.com',
  });
  await go('GetPolicy', named);
  await go('RemovePermission', statement);
}

async function callVersions(go: Go, named: { FunctionName: string }): Promise<void> {
  await go('PublishVersion', named);
  await go('ListVersionsByFunction', named);
  for (const Name of ['one', 'two']) await go('CreateAlias', { ...named, Name, FunctionVersion: '1' });
  await go('GetAlias', { ...named, Name: 'one' });
  await go('ListAliases', named);
  await go('UpdateAlias', { ...named, Name: 'one', Description: 'two' });
  const provisioned = { ...named, Qualifier: 'one' };
  await go('PutProvisionedConcurrencyConfig', { ...provisioned, ProvisionedConcurrentExecutions: 1 });
  await go('GetProvisionedConcurrencyConfig', provisioned);
  await go('ListProvisionedConcurrencyConfigs', named);
  await go('DeleteProvisionedConcurrencyConfig', provisioned);
  await go('DeleteAlias', { ...named, Name: 'two' });
}

async function callSettings(go: Go, named: { FunctionName: string }): Promise<void> {
  await go('PutFunctionConcurrency', { ...named, ReservedConcurrentExecutions: 1 });
  await go('GetFunctionConcurrency', named);
  await go('DeleteFunctionConcurrency', named);
  await go('PutFunctionEventInvokeConfig', { ...named, MaximumRetryAttempts: 1 });
  await go('UpdateFunctionEventInvokeConfig', { ...named, MaximumEventAgeInSeconds: 60 });
  await go('GetFunctionEventInvokeConfig', named);
  await go('PutFunctionEventInvokeConfig', { ...named, Qualifier: 'one', MaximumRetryAttempts: 1 });
  await go('ListFunctionEventInvokeConfigs', named);
  await go('DeleteFunctionEventInvokeConfig', named);
  await go('CreateFunctionUrlConfig', { ...named, AuthType: 'NONE' });
  await go('CreateFunctionUrlConfig', { ...named, Qualifier: 'one', AuthType: 'NONE' });
  await go('GetFunctionUrlConfig', named);
  await go('UpdateFunctionUrlConfig', { ...named, AuthType: 'AWS_IAM' });
  await go('ListFunctionUrlConfigs', named);
  await go('DeleteFunctionUrlConfig', named);
  await go('GetFunctionCodeSigningConfig', named);
  await go('PutFunctionRecursionConfig', { ...named, RecursiveLoop: 'Allow' });
  await go('GetFunctionRecursionConfig', named);
  await go('PutRuntimeManagementConfig', { ...named, UpdateRuntimeOn: 'Auto' });
  await go('GetRuntimeManagementConfig', named);
}

async function callLayers(go: Go, ZipFile: Uint8Array): Promise<void> {
  const layer = { LayerName: 'contract' };
  const { LayerVersionArn } = await go('PublishLayerVersion', { ...layer, Content: { ZipFile } });
  await go('PublishLayerVersion', { ...layer, Content: { ZipFile } });
  await go('PublishLayerVersion', { LayerName: 'contract-other', Content: { ZipFile } });
  const version = { ...layer, VersionNumber: 1 };
  await go('GetLayerVersion', version);
  await go('GetLayerVersionByArn', { Arn: LayerVersionArn });
  await go('ListLayers');
  await go('ListLayerVersions', layer);
  const statement = { ...version, StatementId: 'one' };
  await go('AddLayerVersionPermission', { ...statement, Action: 'lambda:GetLayerVersion', Principal: '*' });
  await go('GetLayerVersionPolicy', version);
  await go('RemoveLayerVersionPermission', statement);
  await go('DeleteLayerVersion', version);
}

async function callSources(go: Go, named: { FunctionName: string }): Promise<void> {
  const EventSourceArn = 'arn:aws:sqs:eu-west-1:000000000000:contract-source';
  const mapping = { EventSourceArn, Enabled: false };
  const UUID = textIn(await go('CreateEventSourceMapping', { ...named, ...mapping }), 'UUID');
  await go('CreateEventSourceMapping', { FunctionName: 'contract-other', ...mapping });
  await go('GetEventSourceMapping', { UUID });
  await go('ListEventSourceMappings', { EventSourceArn });
  await go('UpdateEventSourceMapping', { UUID, BatchSize: 5 });
  await go('DeleteEventSourceMapping', { UUID });
}
