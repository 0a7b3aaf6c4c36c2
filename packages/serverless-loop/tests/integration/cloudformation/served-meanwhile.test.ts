import { CreateStackCommand, DescribeStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import { expect, test } from 'vitest';
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
  const seen = new Set<number>();
  for (let made = -1; made < RULES; ) {
    const { StackResources = [] } = await client
      .send(new DescribeStackResourcesCommand({ StackName: 'many' }))
      .catch(() => ({ StackResources: [] }));
    made = StackResources.filter(({ ResourceStatus }) => ResourceStatus === 'CREATE_COMPLETE').length;
    seen.add(made);
  }
  await creation;
  expect(await settled('many')).toMatchObject({ StackStatus: 'CREATE_COMPLETE' });
  expect([...seen].filter((made) => made > 0 && made < RULES)).not.toEqual([]);
});
