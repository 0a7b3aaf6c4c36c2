import { CloudFormationClient, DescribeStackEventsCommand } from '@aws-sdk/client-cloudformation';
import {
  GetSecretValueCommand,
  ListSecretsCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CONSOLE_ENDPOINTS } from '../../../src/console/endpoints/table.ts';
import { startLoop } from '../../../src/index.ts';
import { projectFolder } from '../../loop-in-process.ts';
import { signedFor } from '../gateway/gateway-under-test.ts';

const SECRET = 'hush-3f6a';

const TEMPLATE = `
Transform: AWS::Serverless-2016-10-31
Parameters:
  Given: { Type: String, NoEcho: true, Default: ${SECRET}-parameter }
Resources:
  Packer:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: nodejs24.x
      Handler: index.handler
      InlineCode: exports.handler = async () => [process.env.BY_SECRET, process.env.BY_PARAMETER].map((value) => value.length)
      Environment:
        Variables:
          BY_SECRET: '{{resolve:secretsmanager:given:SecretString:user}}'
          BY_PARAMETER: !Ref Given
  Key:
    Type: AWS::Events::Connection
    Properties:
      Name: key
      AuthorizationType: API_KEY
      AuthParameters: { ApiKeyAuthParameters: { ApiKeyName: X-Key, ApiKeyValue: '{{resolve:secretsmanager:given:SecretString:user}}' } }
  Named: { Type: AWS::SQS::Queue, Properties: { QueueName: '{{resolve:ssm:/queue/name}}' } }
  Stored: { Type: AWS::SecretsManager::Secret, Properties: { Name: stored, SecretString: !Ref Given } }
`;

let loop: Awaited<ReturnType<typeof startLoop>>;
let remove = () => {};
beforeAll(async () => {
  const folder = projectFolder({ 'template.yaml': TEMPLATE }, (undo) => {
    remove = undo;
  });
  const secrets = { given: JSON.stringify({ user: `${SECRET}-user` }) };
  const storedParameters = { '/queue/name': 'boxes-of-the-store' };
  loop = await startLoop({ template: `${folder}/template.yaml`, secrets, storedParameters });
});
afterAll(async () => {
  await loop?.stop();
  remove();
});

/* CloudFormation guide, "Using dynamic references to specify template values": a secret "is never … displayed". */
test('a secret that is resolved into an environment shows in no fact, no log and no answer of the console', async () => {
  const { payload } = await loop.invoke('Packer');
  expect(payload).toEqual([`${SECRET}-user`.length, `${SECRET}-parameter`.length]);
  await loop.idle();
  await refuseShown();
});

/* Secrets Manager API reference, "PutSecretValue", SecretString, and Systems Manager's "PutParameter", Value: "sensitive information". */
test('nor does one that a call gives, whether it is taken or refused', async () => {
  const long = SECRET.repeat(9_000);
  const calls: (readonly [target: string, body: string])[] = [
    ...[
      ['CreateSecret', { Name: 'told', SecretString: SECRET }],
      ['CreateSecret', { Name: 'told', SecretString: `${SECRET}-again` }],
      ['CreateSecret', { Name: 'long', SecretString: long }],
      ['CreateSecret', { Name: 'typed', SecretString: [SECRET] }],
      ['CreateSecret', { Name: 'both', SecretString: SECRET, SecretBinary: 'AA==' }],
      ['PutSecretValue', { SecretId: 'told', SecretString: SECRET }],
      ['PutSecretValue', { SecretId: 'none', SecretString: SECRET }],
      ['UpdateSecret', { SecretId: 'told', SecretString: long }],
      ['GetSecretValue', { SecretId: 'told' }],
    ].map(
      ([name, body]) =>
        [
          `secretsmanager.${name}`,
          JSON.stringify({ ClientRequestToken: crypto.randomUUID(), ...Object(body) }),
        ] as const,
    ),
    ['secretsmanager.CreateSecret', `{"Name":"cut","SecretString":"${SECRET}`],
    ['secretsmanager.CreateSecret', `{"Name":"cut","SecretString":${SECRET}}`],
    ...[
      { Name: 'told', Value: SECRET },
      { Name: 'told', Value: `${SECRET}-again` },
      { Name: 'long', Value: long },
      { Name: 'typed', Value: { is: SECRET } },
      { Name: 'unlike', Value: SECRET, AllowedPattern: '\\d+' },
    ].map((body) => ['AmazonSSM.PutParameter', JSON.stringify({ Type: 'SecureString', ...body })] as const),
    ['AmazonSSM.GetParameter', JSON.stringify({ Name: 'told', WithDecryption: true })],
  ];
  const statuses = new Set<number>();
  for (const [target, body] of calls) {
    const signingName = target.startsWith('AmazonSSM') ? 'ssm' : 'secretsmanager';
    const headers = {
      Authorization: signedFor(signingName),
      'Content-Type': 'application/x-amz-json-1.1',
      'X-Amz-Target': target,
    };
    const answer = await fetch(loop.endpoint, { method: 'POST', headers, body });
    statuses.add(answer.status);
    // A refusal ends in the log of a function that reports its errors.
    if (answer.status !== 200) expect(`${target}: ${await answer.text()}`).not.toContain(SECRET);
  }
  expect(statuses).toEqual(new Set([200, 400]));
  await refuseShown();
});

/** Fails when the secret shows in a fact, or in an answer of the console. */
async function refuseShown(): Promise<void> {
  const paths = Object.keys(CONSOLE_ENDPOINTS)
    .filter((each) => each.startsWith('GET ') && !each.endsWith('/stream'))
    .map((each) => each.slice('GET '.length));
  const asked = [...paths, ...['Packer', 'Key', 'Stored'].map((id) => `/_loop/resource?id=${id}`)];
  const answers = await Promise.all(
    asked.map(async (path) => [path, await (await fetch(`${loop.endpoint}${path}`)).text()] as const),
  );
  // The tools of MCP answer with the same endpoints.
  expect(answers.filter(([, body]) => body.includes(SECRET)).map(([path]) => path)).toEqual([]);
  expect(answers.find(([path]) => path.endsWith('id=Packer'))?.[1]).toContain('BY_SECRET');
  // The terminal's lines are made of facts, and of nothing else.
  expect(JSON.stringify(loop.facts.soFar())).not.toContain(SECRET);
}

test('a reference is resolved in a name and in a map that is read as a whole, too', async () => {
  const here = { endpoint: loop.endpoint, region: loop.region };
  const client = new SecretsManagerClient({
    ...here,
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
  });
  const { SecretList = [] } = await client.send(
    new ListSecretsCommand({
      Filters: [{ Key: 'name', Values: ['events!connection'] }],
      IncludePlannedDeletion: true,
    }),
  );
  const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: SecretList[0]?.ARN }));
  expect(SecretString).toContain(`${SECRET}-user`);
  client.destroy();
  expect(loop.physicalId('Named')).toMatch(/\/boxes-of-the-store$/);
});

test('nor in the events of the stack', async () => {
  const client = new CloudFormationClient({
    endpoint: loop.endpoint,
    region: loop.region,
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
  });
  const StackName = loop.stackName;
  expect(JSON.stringify(await client.send(new DescribeStackEventsCommand({ StackName })))).not.toContain(
    SECRET,
  );
  client.destroy();
});
