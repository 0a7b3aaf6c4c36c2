import { expect, onTestFinished, test } from 'vitest';
import type { Statement } from '../../../src/aws/statement.ts';
import type { Fact } from '../../../src/facts.ts';
import { startLoop } from '../../../src/index.ts';
import { startIam } from '../../../src/services/iam/authorize.ts';
import { projectFolder } from '../../loop-in-process.ts';
import { signedFor } from '../gateway/gateway-under-test.ts';
import { s3UnderTest } from './s3-under-test.ts';

const place = { partition: 'aws', region: 'eu-west-1', accountId: '000000000000' } as const;
const ROLE = 'arn:aws:iam::000000000000:role/packer';
const OBJECT = 'arn:aws:s3:::box/*';

/** S3 with a bucket `box` and an object in it, for its owner and for a function of such a role. */
async function withRole(statements: Statement[]) {
  const facts: Fact[] = [];
  const role = { name: 'packer', arn: ROLE, statements };
  const iam = startIam({ roles: [role], place, report: (fact) => facts.push(fact) });
  const { accessKeyId } = iam.credentialsFor({ name: 'packer', role });
  const { send } = await s3UnderTest({ identify: iam.identify, authorize: iam.authorize });
  const Authorization = signedFor('s3').replace('AKIDEXAMPLE', accessKeyId);
  await send('PUT', '/box/a', 'text');
  return {
    facts,
    owner: send,
    fn: (method: string, target: string, body?: string) => send(method, target, body, { Authorization }),
    putPolicy: (...given: object[]) =>
      send('PUT', '/box?policy', JSON.stringify({ Version: '2012-10-17', Statement: given })),
  };
}

const reading: Statement = { effect: 'Allow', actions: ['s3:GetObject'], resources: [OBJECT] };
const statement = (Effect: string, AWS: string, Action = 's3:GetObject') => ({
  Effect,
  Action,
  Principal: { AWS },
  Resource: OBJECT,
});

/** IAM guide, "Policy evaluation logic": within one account. */
test('a bucket’s policy lets a role in that its own policies don’t', async () => {
  const { fn, putPolicy } = await withRole([]);
  expect((await fn('GET', '/box/a')).status).toBe(403);
  await putPolicy(statement('Allow', ROLE));
  expect(await fn('GET', '/box/a')).toMatchObject({ status: 200, text: 'text' });
  expect((await fn('PUT', '/box/a', 'new')).status).toBe(403);
});

test('a bucket’s policy that names the account leaves it to the role’s own', async () => {
  const { fn, putPolicy } = await withRole([]);
  await putPolicy(statement('Allow', 'arn:aws:iam::000000000000:root'), statement('Allow', '000000000000'));
  expect((await fn('GET', '/box/a')).status).toBe(403);
  await putPolicy(statement('Allow', '*'));
  expect((await fn('GET', '/box/a')).status).toBe(200);
});

test('a bucket’s policy keeps a role out that its own policies let in, and says so', async () => {
  const { fn, putPolicy, owner, facts } = await withRole([reading]);
  expect((await fn('GET', '/box/a')).status).toBe(200);
  await putPolicy(statement('Deny', '*', 's3:*'));
  const { status, text } = await fn('GET', '/box/a');
  expect(status).toBe(403);
  expect(text).toContain(
    'is not authorized to perform: s3:GetObject on resource: arn:aws:s3:::box/a with an explicit deny in a resource-based policy',
  );
  expect(facts).toContainEqual({
    kind: 'call.denied',
    caller: 'packer',
    action: 's3:GetObject',
    resource: 'arn:aws:s3:::box/a',
    reason: "the resource's policy denies it",
  });
  expect((await owner('GET', '/box/a')).status).toBe(200);
  await owner('DELETE', '/box?policy');
  expect((await fn('GET', '/box/a')).status).toBe(200);
});

test('a policy about plain HTTP refuses nobody, since AWS is reached by TLS', async () => {
  const { fn, putPolicy } = await withRole([reading]);
  const Condition = { Bool: { 'aws:SecureTransport': 'false' } };
  await putPolicy({ ...statement('Deny', '*', 's3:*'), Condition });
  expect((await fn('GET', '/box/a')).status).toBe(200);
});

// S3's words, as hashicorp/terraform, issues 23570 and 28688, and noobaa/noobaa-core, issue 10058, quote them.
test.each([
  [{ ...statement('Allow', '*'), Resource: 'arn:aws:s3:::other/*' }, 'Policy has invalid resource'],
  [{ ...statement('Allow', '*'), Resource: '*' }, 'Policy has invalid resource'],
  [{ Effect: 'Allow', Action: 's3:GetObject', Resource: OBJECT }, 'Missing required field Principal'],
  [{ Effect: 'Allow', Principal: '*', Resource: OBJECT }, 'Missing required field Action'],
])('a policy %j is refused', async (given, message) => {
  const { putPolicy } = await withRole([]);
  const { status, text } = await putPolicy(given);
  expect(status).toBe(400);
  expect(text).toContain(`<Code>MalformedPolicy</Code><Message>${message}</Message>`);
});

test('a template’s policy is its bucket’s', async () => {
  const template = `
Resources:
  Box: { Type: AWS::S3::Bucket, Properties: { BucketName: box } }
  Policy:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: !Ref Box
      PolicyDocument:
        Statement: { Effect: Deny, Action: "s3:*", Principal: "*", Resource: !Sub "\${Box.Arn}/*" }
`;
  const loop = await startLoop({
    template: `${projectFolder({ 'template.yaml': template })}/template.yaml`,
  });
  onTestFinished(() => loop.stop());
  const answer = await fetch(`${loop.endpoint}/box?policy`, { headers: { Authorization: signedFor('s3') } });
  expect(await answer.json()).toEqual({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Deny', Principal: { AWS: '*' }, Action: 's3:*', Resource: 'arn:aws:s3:::box/*' }],
  });
});
