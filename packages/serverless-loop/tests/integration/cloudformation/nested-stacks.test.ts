import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import {
  CloudFormationClient,
  CreateStackCommand,
  DescribeStackEventsCommand,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
  ListStackResourcesCommand,
  ListStacksCommand,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { expect, test } from 'vitest';
import { clientOptions, loopUnderTest, projectFolder } from '../../loop-in-process.ts';
import { deployingLoop, INLINE_FUNCTION, outputOf } from './deploying.ts';

const Capabilities = ['CAPABILITY_IAM' as const, 'CAPABILITY_AUTO_EXPAND' as const];

const BOX = (seconds: number, more = '') => `
Parameters: {Seconds: {Type: Number, Default: ${seconds}}}
Resources:
  Box: {Type: AWS::SQS::Queue, Properties: {VisibilityTimeout: !Ref Seconds}}${more}
Outputs: {Url: {Value: !Ref Box}}
`;

/** `Shop` holds `Boxes`, which holds a queue. */
const SHOP = (boxes: string, more = '') => `
Parameters: {Word: {Type: String}}
Resources:${INLINE_FUNCTION}
  Boxes: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: '${boxes}'}}${more}
Outputs: {TellerName: {Value: !Ref Teller}, Url: {Value: !GetAtt Boxes.Outputs.Url}}
`;

const ROOT = (shop: string, { word = 'one', more = '' } = {}) => `
Resources:
  Shop: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: '${shop}', Parameters: {Word: ${word}}}}${more}
Outputs: {TellerName: {Value: !GetAtt Shop.Outputs.TellerName}, Url: {Value: !GetAtt Shop.Outputs.Url}}
`;

/** A loop with a bucket for templates. */
async function nesting() {
  const loop = await deployingLoop();
  const s3 = new S3Client({ ...clientOptions(loop.loop), forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket: 'templates' }));
  let uploads = 0;
  return {
    ...loop,
    /** Gives the URL, a new one each time, as `aws cloudformation package` does for each content. */
    async upload(Body: string): Promise<string> {
      uploads += 1;
      const Key = `${uploads}.template`;
      await s3.send(new PutObjectCommand({ Bucket: 'templates', Key, Body }));
      return `https://s3.us-east-1.amazonaws.com/templates/${Key}`;
    },
    async create(StackName: string, TemplateBody: string) {
      await loop.client.send(new CreateStackCommand({ StackName, TemplateBody, Capabilities }));
      return loop.settled(StackName);
    },
    async update(StackName: string, TemplateBody: string) {
      await loop.client.send(new UpdateStackCommand({ StackName, TemplateBody, Capabilities }));
      return loop.settled(StackName);
    },
    async physicalId(StackName: string, LogicalResourceId: string): Promise<string> {
      const { StackResources } = await loop.client.send(
        new DescribeStackResourcesCommand({ StackName, LogicalResourceId }),
      );
      return StackResources?.[0]?.PhysicalResourceId ?? '';
    },
    async visibilityTimeout(QueueUrl: string) {
      const { Attributes } = await new SQSClient(clientOptions(loop.loop)).send(
        new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['VisibilityTimeout'] }),
      );
      return Attributes?.VisibilityTimeout;
    },
  };
}

// CloudFormation guide, "Work with nested stacks" and API reference, "Stack": ParentId, RootId.
test('a stack is made with those that it nests, each with its ARN as the resource and its outputs as attributes', async () => {
  const loop = await nesting();
  const shop = await loop.upload(SHOP(await loop.upload(BOX(30))));
  const root = await loop.create('depot', ROOT(shop));
  expect(root.StackStatus, root.StackStatusReason).toBe('CREATE_COMPLETE');
  expect(await loop.ask(outputOf(root, 'TellerName'))).toBe('one');

  const shopId = await loop.physicalId('depot', 'Shop');
  expect(shopId).toMatch(/^arn:aws:cloudformation:eu-west-1:\d+:stack\/depot-Shop-\w{12}\/[\w-]{36}$/);
  const boxesId = await loop.physicalId(shopId, 'Boxes');
  expect(await loop.describe(boxesId)).toMatchObject({
    StackName: expect.stringMatching(/^depot-Shop-\w{12}-Boxes-\w{12}$/),
    StackStatus: 'CREATE_COMPLETE',
    ParentId: shopId,
    RootId: root.StackId,
    Outputs: [{ OutputKey: 'Url', OutputValue: outputOf(root, 'Url') }],
  });
  const { StackResourceSummaries } = await loop.client.send(
    new ListStackResourcesCommand({ StackName: shopId }),
  );
  expect(StackResourceSummaries?.map((each) => each.LogicalResourceId).sort()).toEqual([
    'Boxes',
    'Teller',
    'TellerRole',
  ]);
  expect(await loop.events('depot')).toEqual([
    'depot CREATE_IN_PROGRESS User Initiated',
    'Shop CREATE_IN_PROGRESS',
    'Shop CREATE_IN_PROGRESS Resource creation Initiated',
    'Shop CREATE_COMPLETE',
    'depot CREATE_COMPLETE',
  ]);
  expect((await loop.events(shopId)).at(-1)).toMatch(/ CREATE_COMPLETE$/);
});

test('an update changes what a nested stack is made of, and leaves its name', async () => {
  const loop = await nesting();
  const first = await loop.create('depot', ROOT(await loop.upload(SHOP(await loop.upload(BOX(30))))));
  const shopId = await loop.physicalId('depot', 'Shop');
  const boxesId = await loop.physicalId(shopId, 'Boxes');
  const grown = await loop.upload(BOX(60, '\n  Other: {Type: AWS::SQS::Queue}'));
  const template = ROOT(await loop.upload(SHOP(grown)), { word: 'two' });
  const { Changes } = await loop.changeSet('depot', template);
  // API reference, "ResourceChange": a nested stack is changed in place, whatever it is made of.
  expect(
    Changes?.map(({ ResourceChange: it }) => [it?.LogicalResourceId, it?.Action, it?.Replacement]),
  ).toEqual([['Shop', 'Modify', 'False']]);
  const second = await loop.update('depot', template);
  expect(second.StackStatus, second.StackStatusReason).toBe('UPDATE_COMPLETE');
  expect(second.Outputs).toEqual(first.Outputs);
  expect(await loop.visibilityTimeout(outputOf(second, 'Url'))).toBe('60');
  expect(await loop.ask(outputOf(second, 'TellerName'))).toBe('two');
  expect(await loop.physicalId('depot', 'Shop')).toBe(shopId);
  expect(await loop.physicalId(boxesId, 'Other')).not.toBe('');
  expect(await loop.describe(boxesId)).toMatchObject({ StackStatus: 'UPDATE_COMPLETE' });
  await expect(loop.update('depot', template)).rejects.toThrow('No updates are to be performed.');

  const back = await loop.update('depot', ROOT(await loop.upload(SHOP(await loop.upload(BOX(30))))));
  expect(back.StackStatus).toBe('UPDATE_COMPLETE');
  await expect(loop.physicalId(boxesId, 'Other')).rejects.toThrow('does not exist');
});

test('what fails in a nested stack ends the creation of all, and nothing is left', async () => {
  const loop = await nesting();
  const wrong = await loop.upload(
    BOX(30, '\n  Wrong: {Type: AWS::SQS::Queue, Properties: {DelaySeconds: -1}}'),
  );
  const root = await loop.create('depot', ROOT(await loop.upload(SHOP(wrong))));
  expect(root.StackStatus).toBe('ROLLBACK_COMPLETE');
  const { StackSummaries = [] } = await listed(loop);
  const boxes = StackSummaries.find(({ StackName = '' }) => /-Boxes-\w{12}$/.test(StackName));
  const shop = StackSummaries.find(({ StackName = '' }) => /^depot-Shop-\w{12}$/.test(StackName));
  expect([boxes?.StackStatus, shop?.StackStatus]).toEqual(['DELETE_COMPLETE', 'DELETE_COMPLETE']);
  const failed = (events: string[]) => events.filter((event) => / CREATE_FAILED/.test(event));
  expect(failed(await loop.events(boxes?.StackId ?? ''))).toEqual([
    expect.stringMatching(/^Wrong CREATE_FAILED Properties validation failed for resource Wrong/),
    `${boxes?.StackName} CREATE_FAILED The following resource(s) failed to create: [Wrong]. `,
  ]);
  expect(failed(await loop.events(shop?.StackId ?? ''))).toEqual([
    `Boxes CREATE_FAILED Embedded stack ${boxes?.StackId} was not successfully created: The following resource(s) failed to create: [Wrong]. `,
    `${shop?.StackName} CREATE_FAILED The following resource(s) failed to create: [Boxes]. `,
  ]);
  expect(failed(await loop.events('depot'))).toEqual([
    `Shop CREATE_FAILED Embedded stack ${shop?.StackId} was not successfully created: The following resource(s) failed to create: [Boxes]. `,
  ]);
});

test('a failed update is undone in every stack of the tree', async () => {
  const loop = await nesting();
  const first = await loop.create('depot', ROOT(await loop.upload(SHOP(await loop.upload(BOX(30))))));
  const shopId = await loop.physicalId('depot', 'Shop');
  const boxesId = await loop.physicalId(shopId, 'Boxes');
  const grown = await loop.upload(BOX(60, '\n  Other: {Type: AWS::SQS::Queue}'));
  // It comes after the nested stack, which is whole by then.
  const more = '\n  Wrong: {Type: AWS::SQS::Queue, DependsOn: Shop, Properties: {DelaySeconds: -1}}';
  const second = await loop.update('depot', ROOT(await loop.upload(SHOP(grown)), { word: 'two', more }));
  expect(second.StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(second.Outputs).toEqual(first.Outputs);
  expect(await loop.visibilityTimeout(outputOf(first, 'Url'))).toBe('30');
  expect(await loop.ask(outputOf(first, 'TellerName'))).toBe('one');
  expect(await loop.describe(boxesId)).toMatchObject({ StackStatus: 'UPDATE_ROLLBACK_COMPLETE' });
  expect(await loop.describe(shopId)).toMatchObject({
    StackStatus: 'UPDATE_ROLLBACK_COMPLETE',
    Parameters: [{ ParameterKey: 'Word', ParameterValue: 'one' }],
  });
  await expect(loop.physicalId(boxesId, 'Other')).rejects.toThrow('does not exist');
  const third = await loop.update('depot', ROOT(await loop.upload(SHOP(grown)), { word: 'three' }));
  expect(third.StackStatus, third.StackStatusReason).toBe('UPDATE_COMPLETE');
  expect(await loop.ask(outputOf(third, 'TellerName'))).toBe('three');
});

test('a stack goes with those that it nests, which are changed and removed by it alone', async () => {
  const loop = await nesting();
  const root = await loop.create('depot', ROOT(await loop.upload(SHOP(await loop.upload(BOX(30))))));
  const shopId = await loop.physicalId('depot', 'Shop');
  const boxesId = await loop.physicalId(shopId, 'Boxes');
  await expect(loop.remove(shopId)).rejects.toThrow(/is nested: the loop changes it with its root stack/);
  expect(await loop.remove('depot')).toMatchObject({ StackStatus: 'DELETE_COMPLETE' });
  expect(await loop.describe(shopId)).toMatchObject({ StackStatus: 'DELETE_COMPLETE' });
  expect(await loop.describe(boxesId)).toMatchObject({ StackStatus: 'DELETE_COMPLETE' });
  const events = await loop.events(shopId);
  expect(events.slice(events.findIndex((event) => event.includes('DELETE_IN_PROGRESS')))).toEqual([
    expect.stringMatching(/^depot-Shop-\w{12} DELETE_IN_PROGRESS User Initiated$/),
    'Boxes DELETE_IN_PROGRESS',
    'Boxes DELETE_COMPLETE',
    'Teller DELETE_IN_PROGRESS',
    'Teller DELETE_COMPLETE',
    'TellerRole DELETE_IN_PROGRESS',
    'TellerRole DELETE_COMPLETE',
    expect.stringMatching(/^depot-Shop-\w{12} DELETE_COMPLETE$/),
  ]);
  await expect(loop.visibilityTimeout(outputOf(root, 'Url'))).rejects.toThrow(/does not exist/);
  const { Stacks = [] } = await loop.client.send(new DescribeStacksCommand({}));
  expect(Stacks.map(({ StackName }) => StackName)).toEqual(['test']);
});

test('a nested template that isn’t in S3, or isn’t right, ends the creation with CloudFormation’s words', async () => {
  const loop = await nesting();
  const absent = 'https://s3.us-east-1.amazonaws.com/templates/absent';
  expect(await loop.create('absent', ROOT(absent))).toMatchObject({ StackStatus: 'ROLLBACK_COMPLETE' });
  expect(await loop.events('absent')).toContain(
    'Shop CREATE_FAILED TemplateURL must reference a valid S3 object to which you have access.',
  );
  const broken = await loop.upload('Resources: {Box: [}');
  expect(await loop.create('broken', ROOT(broken))).toMatchObject({ StackStatus: 'ROLLBACK_COMPLETE' });
});

test('a stack that runs from source is told as it was read at the start, whatever its files say since', async () => {
  const folder = projectFolder({
    'template.yaml': ROOT('shop.yaml'),
    'shop.yaml': SHOP('boxes.yaml'),
    'boxes.yaml': BOX(30),
  });
  const { loop } = await loopUnderTest(path.join(folder, 'template.yaml'));
  writeFileSync(path.join(folder, 'boxes.yaml'), BOX(45));
  rmSync(path.join(folder, 'shop.yaml'));
  const client = new CloudFormationClient(clientOptions(loop));
  const { Stacks = [] } = await client.send(new DescribeStacksCommand({}));
  const boxes = Stacks.find(({ StackName }) => StackName?.includes('Boxes'));
  const { StackEvents = [] } = await client.send(
    new DescribeStackEventsCommand({ StackName: boxes?.StackId ?? '' }),
  );
  expect(StackEvents.filter(({ LogicalResourceId }) => LogicalResourceId === 'Box')).toEqual([
    expect.objectContaining({ ResourceProperties: '{"VisibilityTimeout":"30"}' }),
    expect.objectContaining({ ResourceProperties: '{"VisibilityTimeout":"30"}' }),
  ]);
});

function listed({ client }: Awaited<ReturnType<typeof nesting>>) {
  return client.send(new ListStacksCommand({}));
}
