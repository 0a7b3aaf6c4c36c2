import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { clientOptions, type LoopUnderTest, projectFolder, runLoop } from '../../loop-in-process.ts';

let running: LoopUnderTest & { stop(): Promise<void> };
let sts: STSClient;
let removeFolder = () => {};
beforeAll(async () => {
  const template = 'Resources: {Box: {Type: AWS::SQS::Queue}}';
  const folder = projectFolder({ 'template.yaml': template }, (remove) => {
    removeFolder = remove;
  });
  running = await runLoop(`${folder}/template.yaml`);
  sts = new STSClient(clientOptions(running.loop));
});
afterAll(async () => {
  sts.destroy();
  await running.stop();
  removeFolder();
});

const refusal = (RoleArn: string, RoleSessionName = 'me') =>
  sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName })).catch((error: unknown) => error);

// As AWS answered: localstack/localstack, tests/aws/services/sts/test_sts.snapshot.json, test_sts_invalid_parameters.
test.each([
  'nothing-valid-in-here',
  'arn::b:::something/test-role',
  'arn:a::::something/test-role',
  'arn:a:::something/test-role',
  'arn:a:a::aaaaaaaaaa:',
])('%s is no role’s ARN', async (arn) => {
  expect(await refusal(arn)).toMatchObject({
    name: 'ValidationError',
    message: `${arn} is invalid`,
    $metadata: { httpStatusCode: 400 },
  });
});

test('the model’s own rules are looked at first', async () => {
  expect(await refusal('arn:a:b:::something/test-role', 'Session1:2')).toMatchObject({
    name: 'ValidationError',
    message:
      "1 validation error detected: Value 'Session1:2' at 'roleSessionName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]*",
  });
  // STS API reference, "AssumeRole": from 20 characters on, and a session's name from 2 to 64.
  expect(await refusal('arn:a')).toMatchObject({
    message: expect.stringContaining(
      "'roleArn' failed to satisfy constraint: Member must have length greater",
    ),
  });
  expect(await refusal('arn:aws:iam::000000000000:role/none', 'm'.repeat(65))).toMatchObject({
    message: expect.stringContaining('Member must have length less than or equal to 64'),
  });
});

test('an ARN of no role here is not the caller’s to assume', async () => {
  expect(await refusal('arn:aws:iam::000000000000:role/none')).toMatchObject({
    name: 'AccessDenied',
    $metadata: { httpStatusCode: 403 },
  });
});
