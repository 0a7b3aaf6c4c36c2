import { afterAll, beforeAll, expect, test } from 'vitest';
import { type LoopUnderTest, projectFolder, runLoop } from '../../loop-in-process.ts';

const ROLE = `
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: sts:AssumeRole}]`;

let running: LoopUnderTest & { stop(): Promise<void> };
let removeFolder = () => {};
beforeAll(async () => {
  const template = `Resources:\n${['One', 'Two', 'Three'].map((id) => `  ${id}:${ROLE}`).join('\n')}\n`;
  const folder = projectFolder({ 'template.yaml': template }, (remove) => {
    removeFolder = remove;
  });
  running = await runLoop(`${folder}/template.yaml`);
});
afterAll(async () => {
  await running.stop();
  removeFolder();
});

/** No SDK for IAM is installed: a form, as the query protocol has it. */
async function call(Action: string, members: Record<string, string>): Promise<string> {
  const answer = await fetch(running.loop.endpoint, {
    method: 'POST',
    headers: {
      Authorization:
        'AWS4-HMAC-SHA256 Credential=local/20260101/eu-west-1/iam/aws4_request, SignedHeaders=host, Signature=0',
    },
    body: new URLSearchParams({ Action, Version: '2010-05-08', ...members }),
  });
  return await answer.text();
}

const valueIn = (xml: string, element: string) =>
  new RegExp(`<${element}>([^<]*)</${element}>`).exec(xml)?.[1];

// IAM API reference, "ListRoles": MaxItems, IsTruncated and Marker.
test('roles come in pages of as many as a call wants', async () => {
  const all = [...(await call('ListRoles', {})).matchAll(/<RoleName>([^<]+)/g)].map(([, name]) => name);
  expect(all.length).toBeGreaterThanOrEqual(3);
  const first = await call('ListRoles', { MaxItems: '1' });
  expect(valueIn(first, 'RoleName')).toBe(all[0]);
  expect(valueIn(first, 'IsTruncated')).toBe('true');
  const Marker = valueIn(first, 'Marker') ?? '';
  const rest = await call('ListRoles', { Marker });
  expect([...rest.matchAll(/<RoleName>([^<]+)/g)].map(([, name]) => name)).toEqual(all.slice(1));
  expect(valueIn(rest, 'IsTruncated')).toBe('false');
  expect(rest).not.toContain('<Marker>');
  expect(valueIn(await call('ListPolicies', { Marker }), 'Code')).toBe('ValidationError');
});

// The same reference, PathPrefix of "ListRoles" and "ListPolicies".
test('roles and policies under a path', async () => {
  expect(await call('ListRoles', { PathPrefix: '/elsewhere/' })).not.toContain('<RoleName>');
  expect(await call('ListRoles', { PathPrefix: '/' })).toContain('<RoleName>');
  const policies = await call('ListPolicies', { PathPrefix: '/service-role/' });
  const paths = [...policies.matchAll(/<Path>([^<]+)/g)].map(([, path]) => path);
  expect(new Set(paths)).toEqual(new Set(['/service-role/']));
});

// The words of an answer of AWS: localstack/localstack, tests/aws/services/iam/test_iam.snapshot.json, recorded.
test.each([
  ['ListPolicies', { Scope: 'Mine' }, "Value at 'scope'", 'satisfy enum value set'],
  ['GetRole', { RoleName: 'a b' }, "Value at 'roleName'", 'satisfy regular expression pattern: [\\w+=,.@-]+'],
  ['GetRole', {}, "Value null at 'roleName'", 'not be null'],
])('%s of %j is refused by the model’s rule', async (action, members, where, rule) => {
  const refusal = await call(action, members);
  expect(valueIn(refusal, 'Code')).toBe('ValidationError');
  expect(valueIn(refusal, 'Message')?.replaceAll('&#39;', "'").replaceAll('&apos;', "'")).toBe(
    `1 validation error detected: ${where} failed to satisfy constraint: Member must ${rule}`,
  );
});
