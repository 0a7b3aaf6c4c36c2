import {
  CreateChangeSetCommand,
  CreateStackCommand,
  DescribeStackResourcesCommand,
  ListStacksCommand,
} from '@aws-sdk/client-cloudformation';
import { expect, test } from 'vitest';
import { signedFor } from '../gateway/gateway-under-test.ts';
import { deployingLoop } from './deploying.ts';

const RULES = 300;

test('others are answered while a stack of many rules is made', async () => {
  const { client, settled } = await deployingLoop();
  const Resources = Object.fromEntries(
    Array.from({ length: RULES }, (_, index) => [
      `Rule${index}`,
      { Type: 'AWS::Events::Rule', Properties: { EventPattern: { source: [{ wildcard: `*-${index}` }] } } },
    ]),
  );
  const TemplateBody = JSON.stringify({ Resources });
  const creation = client.send(new CreateStackCommand({ StackName: 'many', TemplateBody }));
  // Asked no more than it takes: each answer tells of all resources, and the stack waits for it.
  let made = -1;
  while (made <= 0) {
    const { StackResources = [] } = await client
      .send(new DescribeStackResourcesCommand({ StackName: 'many' }))
      .catch(() => ({ StackResources: [] }));
    made = StackResources.filter(({ ResourceStatus }) => ResourceStatus === 'CREATE_COMPLETE').length;
  }
  await creation;
  expect(await settled('many')).toMatchObject({ StackStatus: 'CREATE_COMPLETE' });
  expect(made).toBeLessThan(RULES);
});

test('others are answered while a template of 200 KB is read', async () => {
  const { client, loop } = await deployingLoop();
  const Resources = Object.fromEntries(
    Array.from({ length: RULES }, (_, index) => [
      `Rule${index}`,
      {
        Type: 'AWS::Events::Rule',
        Properties: {
          Description: 'about '.repeat(80),
          EventPattern: { source: [{ wildcard: `*-${index}` }] },
        },
      },
    ]),
  );
  const headers = { Authorization: signedFor('s3') };
  await fetch(`${loop.endpoint}/templates`, { method: 'PUT', headers });
  const TemplateURL = `${loop.endpoint}/templates/large`;
  await fetch(TemplateURL, { method: 'PUT', headers, body: JSON.stringify({ Resources }) });
  let isMade = false;
  const change = { StackName: 'large', ChangeSetName: 'one', ChangeSetType: 'CREATE', TemplateURL } as const;
  const made = client.send(new CreateChangeSetCommand(change)).then(() => {
    isMade = true;
  });
  // Read at once, it lets one or two through.
  let answered = 0;
  for (; !isMade && answered < 6; answered += 1) await client.send(new ListStacksCommand({}));
  expect(answered).toBe(6);
  await made;
});
