import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type LoopUnderTest, runLoop } from '../loop-in-process.ts';
import { type ZipEntry, zipOf } from '../zip.ts';
import { type BotoCaller, botoCaller, findBoto } from './boto-caller.ts';

const python = await findBoto();
const BUCKET = 'artifacts-of-tests';
/** In bytes; CloudFormation takes no larger template from S3 (guide, "CloudFormation quotas"). */
const LARGEST_TEMPLATE = 1_048_576;

const withCode = (key: string) => `
Transform: AWS::Serverless-2016-10-31
Resources:
  Teller:
    Type: AWS::Serverless::Function
    Properties: {CodeUri: 's3://${BUCKET}/${key}', Handler: index.handler, Runtime: nodejs24.x}
Outputs: {Name: {Value: !Ref Teller}}
`;

describe.runIf(python)('what is uploaded to S3 and deployed', () => {
  let running: LoopUnderTest & { stop(): Promise<void> };
  let boto: BotoCaller;
  beforeAll(async () => {
    running = await runLoop('', { isEmpty: true });
    boto = botoCaller(python ?? '', running.loop.endpoint);
    await boto.output('s3', 'CreateBucket', {
      Bucket: BUCKET,
      CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' },
    });
  });
  afterAll(async () => {
    boto.stop();
    await running.stop();
  });
  const call = (operation: string, params: Record<string, unknown>) =>
    boto.output('cloudformation', operation, params);

  async function upload(key: string, contents: Buffer): Promise<void> {
    const response = await fetch(`${running.loop.endpoint}/${BUCKET}/${key}`, {
      method: 'PUT',
      headers: {
        Authorization:
          'AWS4-HMAC-SHA256 Credential=local/20261123/eu-west-1/s3/aws4_request, SignedHeaders=host, Signature=00',
        'x-amz-content-sha256': 'UNSIGNED-PAYLOAD',
      },
      body: new Uint8Array(contents),
    });
    expect(response.status).toBe(200);
  }

  async function create(StackName: string, more: Record<string, unknown>): Promise<string> {
    await call('CreateStack', {
      StackName,
      Capabilities: ['CAPABILITY_IAM', 'CAPABILITY_AUTO_EXPAND'],
      ...more,
    });
    let status = '';
    await expect
      .poll(async () => {
        const { Stacks } = await call('DescribeStacks', { StackName });
        status = String(Object([Stacks].flat()[0]).StackStatus);
        return status;
      })
      .toMatch(/_(COMPLETE|FAILED)$/);
    return status;
  }

  async function reasons(StackName: string): Promise<string[]> {
    const { StackEvents } = await call('DescribeStackEvents', { StackName });
    return [StackEvents].flat().flatMap((event) => Object(event).ResourceStatusReason ?? []);
  }

  test('a zip runs', async () => {
    await upload('good', zipOf([{ name: 'index.js', contents: 'exports.handler = async () => "here";' }]));
    expect(await create('good', { TemplateBody: withCode('good') })).toBe('CREATE_COMPLETE');
  });

  const broken: [what: string, entries: ZipEntry[] | undefined, words: string][] = [
    [
      'leads out of its folder',
      [{ name: '../../out.js', contents: '' }],
      'invalid relative path: ../../out.js',
    ],
    ['holds a link', [{ name: 'link', contents: '/etc', mode: 0o120777 }], 'a link or a special file: link'],
    ['is none', undefined, 'Could not unzip uploaded file. Please check your file'],
  ];

  test.each(broken)('a zip that %s ends the creation with the reason', async (_what, entries, words) => {
    await upload('broken', entries ? zipOf(entries) : Buffer.from('no zip'));
    const StackName = `broken-${broken.findIndex(([, other]) => other === entries)}`;
    expect(await create(StackName, { TemplateBody: withCode('broken') })).toBe('ROLLBACK_COMPLETE');
    expect((await reasons(StackName)).join('\n')).toContain(words);
  });

  test('code that nobody uploaded ends it in the words of Lambda', async () => {
    expect(await create('missing', { TemplateBody: withCode('nowhere') })).toBe('ROLLBACK_COMPLETE');
    expect((await reasons('missing')).join('\n')).toContain('S3 Error Code: NoSuchKey');
  });

  test('a template comes from S3 up to 1 MB, and along with the call up to 50 KB', async () => {
    const queue = 'Resources: {Q: {Type: AWS::SQS::Queue}}\n#';
    const TemplateURL = `${running.loop.endpoint}/${BUCKET}/large.template`;
    await upload('large.template', Buffer.from(queue.padEnd(LARGEST_TEMPLATE, 'x')));
    expect(await create('large', { TemplateURL })).toBe('CREATE_COMPLETE');

    await upload('large.template', Buffer.from(queue.padEnd(LARGEST_TEMPLATE + 1, 'x')));
    const tooLarge = await boto.refusal('cloudformation', 'CreateStack', {
      StackName: 'larger',
      TemplateURL,
    });
    expect(tooLarge.message).toContain('at most 1048576 bytes');

    expect(await create('inline', { TemplateBody: queue.padEnd(51_200, 'x') })).toBe('CREATE_COMPLETE');
    const inline = await boto.refusal('cloudformation', 'CreateStack', {
      StackName: 'inline-larger',
      TemplateBody: queue.padEnd(51_201, 'x'),
    });
    expect(inline.message).toContain('length less than or equal to 51200');
  });

  test('a bucket of a stack is one of S3, and stays with the stack while something is in it', async () => {
    expect(
      await create('with-bucket', { TemplateBody: 'Resources: {Crates: {Type: AWS::S3::Bucket}}' }),
    ).toBe('CREATE_COMPLETE');
    const { StackResources } = await call('DescribeStackResources', { StackName: 'with-bucket' });
    const Bucket = String(Object([StackResources].flat()[0]).PhysicalResourceId);
    expect(Bucket).toMatch(/^with-bucket-crates-[a-z0-9]{12}$/);
    await boto.output('s3', 'PutObject', { Bucket, Key: 'crate' });
    await call('DeleteStack', { StackName: 'with-bucket' });
    await expect
      .poll(async () => (await call('DescribeStacks', { StackName: 'with-bucket' })).Stacks)
      .toMatchObject([{ StackStatus: 'DELETE_FAILED' }]);
    expect((await reasons('with-bucket')).join('\n')).toContain(
      'The bucket you tried to delete is not empty',
    );
    await boto.output('s3', 'DeleteObject', { Bucket, Key: 'crate' });
    await call('DeleteStack', { StackName: 'with-bucket' });
    await expect
      .poll(
        async () =>
          (await boto.refusal('cloudformation', 'DescribeStacks', { StackName: 'with-bucket' })).message,
      )
      .toContain('does not exist');
  });
});
