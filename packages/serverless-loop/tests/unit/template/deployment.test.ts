import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { loadDeployment } from '../../../src/services/load.ts';
import type { DeploymentContext } from '../../../src/template/deployment.ts';
import { endpoint, fixtures, place } from './load.ts';

const deployment: DeploymentContext = {
  stackId: 'arn:aws:cloudformation:eu-west-1:123456789012:stack/depot/7f7d4a10',
  suffixOf: (logicalId) => `${logicalId.slice(0, 4).toUpperCase()}00000000`,
  versionOf: () => '7',
  exported: (name) => (name === 'ReturnsArn' ? 'arn:aws:sqs:eu-west-1:123456789012:returns' : undefined),
  textAt: () => undefined,
  runs: (arn) => (arn.endsWith(':returns') ? 'queue' : undefined),
};

function deploy(source: string, parameterOverrides: Record<string, string> = {}) {
  const path = `${fixtures}/template.yaml`;
  return loadDeployment({
    path,
    source,
    stackName: 'depot',
    place,
    endpoint,
    deployment,
    parameterOverrides,
  });
}

const PACKAGED = `
Transform: AWS::Serverless-2016-10-31
Parameters: {Stage: {Type: String, Default: dev}}
Resources:
  Packer:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: s3://artifacts/0123abcd
      Handler: index.handler
      Runtime: nodejs24.x
      AutoPublishAlias: live
      Environment: {Variables: {STAGE: !Ref Stage, BOXES: !Ref Boxes, KIND: !Sub '\${Stage}-box'}}
      EventInvokeConfig: {DestinationConfig: {OnFailure: {Type: SQS, Destination: !ImportValue ReturnsArn}}}
  Boxes: {Type: AWS::SQS::Queue, DeletionPolicy: Retain, UpdateReplacePolicy: Retain}
`;

test('code in S3 is where the template says, and names the version as SAM does', () => {
  const { stack, problems } = deploy(PACKAGED);
  expect(problems).toEqual([]);
  expect(stack.functions[0]?.code).toEqual({ kind: 's3', bucket: 'artifacts', key: '0123abcd' });
  // `sam deploy` and AWS agree on this id (samtranslator, `_construct_version`); tests/tools compares more of them.
  const hash = createHash('sha1')
    .update(
      `{"S3Bucket":"artifacts","S3Key":"0123abcd","Variables":{"BOXES":{"Ref":"Boxes"},"KIND":{"Fn::Sub":"\${Stage}-box"},"STAGE":{"Ref":"Stage"}}}`,
    )
    .digest('hex')
    .slice(0, 10);
  expect(stack.states()).toContainEqual(
    expect.objectContaining({ logicalId: `PackerVersion${hash}`, deletionPolicy: 'Retain' }),
  );
});

test('generated names end as the deployment says, and other stacks are known by their exports', () => {
  const { stack } = deploy(PACKAGED);
  expect(stack.functions[0]).toMatchObject({
    name: 'depot-Packer-PACK00000000',
    qualifiers: [
      { name: '7' },
      { name: 'live', asyncInvoke: { onFailureArn: 'arn:aws:sqs:eu-west-1:123456789012:returns' } },
    ],
  });
  expect(() =>
    deploy('Resources: {Q: {Type: AWS::SQS::Queue, Properties: {QueueName: !ImportValue No}}}'),
  ).not.toThrow();
});

test('each resource comes after those that it depends on, with its properties as written and worked out', () => {
  const resources = deploy(PACKAGED, { Stage: 'prod' }).stack.states();
  const ids = resources.map(({ logicalId }) => logicalId);
  expect(ids.indexOf('Boxes')).toBeLessThan(ids.indexOf('Packer'));
  expect(ids.indexOf('PackerRole')).toBeLessThan(ids.indexOf('Packer'));
  const packer = resources.find(({ logicalId }) => logicalId === 'Packer');
  expect(packer?.properties.Environment).toEqual({
    Variables: {
      STAGE: 'prod',
      BOXES: `${endpoint}/123456789012/depot-Boxes-BOXE00000000`,
      KIND: 'prod-box',
    },
  });
  expect(packer?.written.Environment).toEqual({
    Variables: { STAGE: { Ref: 'Stage' }, BOXES: { Ref: 'Boxes' }, KIND: { 'Fn::Sub': `${'$'}{Stage}-box` } },
  });
  expect(resources.find(({ logicalId }) => logicalId === 'Boxes')).toMatchObject({
    deletionPolicy: 'Retain',
    updateReplacePolicy: 'Retain',
  });
});

test('what is wrong with one resource is kept for its turn', () => {
  const { problems } = deploy(
    'Resources: {Q: {Type: AWS::SQS::Queue, Properties: {VisibilityTimeout: soon}}}',
  );
  expect(problems).toEqual([
    { logicalId: 'Q', message: expect.stringContaining('VisibilityTimeout, expected a whole number') },
  ]);
});

test('an export that nobody makes, and code that was not uploaded, are such things', () => {
  const importing = deploy(
    'Resources: {Q: {Type: AWS::SQS::Queue, Properties: {QueueName: !ImportValue No}}}',
  );
  expect(importing.problems).toContainEqual({
    logicalId: 'Q',
    message: expect.stringContaining('No export named No found.'),
  });
  const { problems } = deploy(PACKAGED.replace('s3://artifacts/0123abcd', 'app/'));
  expect(problems).toContainEqual({
    logicalId: 'Packer',
    message: expect.stringContaining("'CodeUri' is not a valid S3 Uri"),
  });
});

test('a reference to nothing is wrong with the whole template', () => {
  expect(() => deploy('Resources: {Q: {Type: AWS::SQS::Queue, Properties: {QueueName: !Ref No}}}')).toThrow(
    'refers to No',
  );
});

// Template reference, "Return values" of each type; CloudFormation guide, "Acknowledging IAM resources".
test('identities are known by their names and ARNs, and say which word of the caller they need', () => {
  const { stack } = deploy(`
Resources:
  Packers: {Type: AWS::IAM::Group, Properties: {Path: /depot/}}
  Ann: {Type: AWS::IAM::User, Properties: {UserName: ann, Groups: [!Ref Packers]}}
  Key: {Type: AWS::IAM::AccessKey, Properties: {UserName: !Ref Ann}}
  Profile: {Type: AWS::IAM::InstanceProfile, Properties: {Roles: []}}
  Boxes: {Type: AWS::SQS::Queue}
Outputs:
  Group: {Value: !GetAtt Packers.Arn}
  User: {Value: !GetAtt Ann.Arn}
  Profile: {Value: !GetAtt Profile.Arn}
`);
  expect(Object.fromEntries(stack.outputs.map(({ name, value }) => [name, value]))).toEqual({
    Group: 'arn:aws:iam::123456789012:group/depot/depot-Packers-PACK00000000',
    User: 'arn:aws:iam::123456789012:user/ann',
    Profile: 'arn:aws:iam::123456789012:instance-profile/depot-Profile-PROF00000000',
  });
  expect(
    Object.fromEntries(stack.states().map(({ logicalId, capability }) => [logicalId, capability])),
  ).toEqual({
    Packers: 'CAPABILITY_IAM',
    Ann: 'CAPABILITY_NAMED_IAM',
    Key: 'CAPABILITY_IAM',
    Profile: 'CAPABILITY_IAM',
    Boxes: undefined,
  });
});
