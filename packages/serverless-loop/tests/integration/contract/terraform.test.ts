import { afterAll, beforeAll, expect, test } from 'vitest';
import { sdkClient } from '../../contract/sdk-client.ts';
import { APIS } from '../../contract/terraform/apis.ts';
import { FUNCTIONS } from '../../contract/terraform/functions.ts';
import { MESSAGES } from '../../contract/terraform/messages.ts';
import { document, trustedBy } from '../../contract/terraform/resource.ts';
import { SETTINGS } from '../../contract/terraform/settings.ts';
import { STORES } from '../../contract/terraform/stores.ts';
import { type LoopUnderTest, runLoop } from '../../loop-in-process.ts';
import { sampleOf } from '../../matrix.ts';

let running: LoopUnderTest & { stop(): Promise<void> };
let client: ReturnType<typeof sdkClient>;
beforeAll(async () => {
  running = await runLoop('', { isEmpty: true });
  client = sdkClient(running.loop);
  const RoleName = 'terraform';
  const services = ['lambda', 'states', 'scheduler'].map(
    (service) => JSON.parse(trustedBy(service)).Statement,
  );
  const AssumeRolePolicyDocument = document(services);
  await client.output('iam', 'CreateRole', { RoleName, AssumeRolePolicyDocument });
  const PolicyDocument = document({ Effect: 'Allow', Action: '*', Resource: '*' });
  await client.output('iam', 'PutRolePolicy', { RoleName, PolicyName: 'may', PolicyDocument });
});
afterAll(async () => {
  client.stop();
  await running.stop();
});

test('Terraform finds out who it is', async () => {
  expect(await client.output('sts', 'GetCallerIdentity', {})).toMatchObject({ Account: '000000000000' });
});

test.each(sampleOf([...FUNCTIONS, ...STORES, ...MESSAGES, ...SETTINGS, ...APIS], 8))(
  'Terraform makes, reads, changes and destroys $kind',
  async ({ create, read, unset, update, remove, gone }) => {
    const call = client.output;
    const made = await create(call);
    await read(call, made);
    for (const [service, operation, input, code] of unset?.(made) ?? [])
      expect([operation, await client.refusal(service, operation, input)]).toEqual([operation, code]);
    await update?.(call, made);
    await read(call, made);
    await remove(call, made);
    const [service, operation, input, code] = gone(made);
    expect(await client.refusal(service, operation, input)).toBe(code);
  },
);
