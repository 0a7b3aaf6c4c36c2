import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type BotoCaller, botoCaller, findBoto } from './boto-caller.ts';

const python = await findBoto();

interface Canned {
  status?: number;
  headers?: Record<string, string>;
  body: string;
}

describe.runIf(python)('the check of answers against botocore’s models', () => {
  let server: Server;
  let boto: BotoCaller;
  let canned: Canned = { body: '' };
  beforeAll(async () => {
    server = createServer((_, response) => {
      response.writeHead(canned.status ?? 200, canned.headers ?? {});
      response.end(canned.body);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    boto = botoCaller(python ?? '', `http://127.0.0.1:${Object(server.address()).port}`);
  });
  beforeEach(() => {
    canned = { body: '' };
  });
  afterAll(() => {
    boto.stop();
    server.closeAllConnections();
    server.close();
  });

  async function problems(
    service: string,
    operation: string,
    answer: Canned,
    params = {},
  ): Promise<string[]> {
    canned = answer;
    return (await boto.call({ service, operation, params })).problems;
  }

  test('JSON: members, types, enumerations, required members, times', async () => {
    const ask = (body: unknown) => problems('logs', 'DescribeLogGroups', { body: JSON.stringify(body) });
    expect(
      await ask({ logGroups: [{ logGroupName: 'a', storedBytes: 1, logGroupClass: 'STANDARD' }] }),
    ).toEqual([]);
    expect(await ask({ groups: [] })).toEqual(['DescribeLogGroups: the model has no member groups']);
    expect(await ask({ logGroups: [{ storedBytes: '1' }] })).toEqual([
      "DescribeLogGroups.logGroups[0].storedBytes: no long: '1'",
    ]);
    expect(await ask({ logGroups: [{ logGroupClass: 'CHEAP' }] })).toEqual([
      expect.stringContaining("logGroupClass: 'CHEAP' is none of STANDARD"),
    ]);
    expect(await ask({ nextToken: null })).toEqual([expect.stringContaining('null')]);
    const batch = { QueueUrl: 'http://127.0.0.1/1/q', Entries: [{ Id: 'a', MessageBody: 'b' }] };
    expect(await problems('sqs', 'SendMessageBatch', { body: '{"Successful":[]}' }, batch)).toEqual([
      'SendMessageBatch: the required member Failed is missing',
    ]);
    const described = { body: '{"Table":{"CreationDateTime":"2026-01-01T00:00:00Z"}}' };
    expect(await problems('dynamodb', 'DescribeTable', described, { TableName: 'abc' })).toEqual([
      "DescribeTable.Table.CreationDateTime: no epoch seconds: '2026-01-01T00:00:00Z'",
    ]);
  });

  test('query: the wrapping, members, required members, enumerations, times', async () => {
    const identity = (inside: string) => ({
      body: `<GetCallerIdentityResponse><GetCallerIdentityResult>${inside}</GetCallerIdentityResult><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></GetCallerIdentityResponse>`,
    });
    const ask = (answer: Canned) => problems('sts', 'GetCallerIdentity', answer);
    expect(await ask(identity('<Account>000000000000</Account>'))).toEqual([]);
    expect(await ask(identity('<Name>me</Name>'))).toEqual([
      'GetCallerIdentity: the model has no member Name',
    ]);
    expect(await ask({ body: '<Answer/>' })).toContain('GetCallerIdentity: the root is Answer');
    expect(await ask({ body: 'no XML' })).toContainEqual(expect.stringContaining('the body is no query'));

    const resources = (inside: string) => ({
      body: `<ListStackResourcesResponse><ListStackResourcesResult><StackResourceSummaries>${inside}</StackResourceSummaries></ListStackResourcesResult><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></ListStackResourcesResponse>`,
    });
    const list = (answer: Canned) =>
      problems('cloudformation', 'ListStackResources', answer, { StackName: 's' });
    const whole =
      '<LogicalResourceId>A</LogicalResourceId><ResourceType>T</ResourceType><ResourceStatus>CREATE_COMPLETE</ResourceStatus>';
    const time = '<LastUpdatedTimestamp>2026-01-01T00:00:00Z</LastUpdatedTimestamp>';
    expect(await list(resources(`<member>${whole}${time}</member>`))).toEqual([]);
    expect(await list(resources(`<member>${whole}</member>`))).toEqual([
      expect.stringContaining('[0]: the required member LastUpdatedTimestamp is missing'),
    ]);
    expect(await list(resources(`<item>${whole}${time}</item>`))).toEqual([
      expect.stringContaining('an item is called item, not member'),
    ]);
    const odd = whole.replace('CREATE_COMPLETE', 'DONE') + time.replace('T00:00:00Z', '');
    expect(await list(resources(`<member>${odd}</member>`))).toEqual([
      expect.stringContaining('no ISO 8601 time'),
      expect.stringContaining("'DONE' is none of"),
    ]);
  });

  test('REST: headers, the payload in JSON, the payload in XML', async () => {
    const traces = (body: unknown) =>
      problems(
        'xray',
        'GetTraceSummaries',
        { body: JSON.stringify(body) },
        { StartTime: '2026-01-01T00:00:00Z', EndTime: '2026-01-01T00:01:00Z' },
      );
    expect(await traces({ ApproximateTime: 1767225600.5, TraceSummaries: [] })).toEqual([]);
    expect(await traces({ ApproximateTime: '2026-01-01T00:00:00Z' })).toEqual([
      expect.stringContaining('no epoch seconds'),
    ]);
    expect(await traces({ Summaries: [] })).toEqual(['GetTraceSummaries: the model has no member Summaries']);

    const buckets = (inside: string) =>
      problems('s3', 'ListBuckets', { body: `<ListAllMyBucketsResult>${inside}</ListAllMyBucketsResult>` });
    expect(await buckets('<Buckets><Bucket><Name>b</Name></Bucket></Buckets>')).toEqual([]);
    expect(await buckets('<Buckets><member><Name>b</Name></member></Buckets>')).toEqual([
      expect.stringContaining('an item is called member, not Bucket'),
    ]);
    const object = (headers: Record<string, string>) =>
      problems('s3', 'GetObject', { headers, body: 'text' }, { Bucket: 'bucket', Key: 'k' });
    expect(await object({ ETag: '"e"' })).toEqual([]);
    expect(await object({ 'x-amz-server-side-encryption': 'ROT13' })).toEqual([
      expect.stringContaining("'ROT13' is none of"),
    ]);
  });

  test('errors: the code, the status, the members, the message', async () => {
    const refusal = (body: unknown) => ({ status: 400, body: JSON.stringify(body) });
    const ask = (answer: Canned) => problems('dynamodb', 'GetItem', answer, { TableName: 'abc', Key: {} });
    expect(await ask(refusal({ __type: 'a#ResourceNotFoundException', message: 'm' }))).toEqual([]);
    expect(await ask(refusal({ __type: 'a#ValidationException', message: 'm' }))).toEqual([]);
    expect(await ask(refusal({ __type: 'NoSuchThing', message: 'm' }))).toEqual([
      'GetItem: its model lists no error NoSuchThing',
    ]);
    expect(await ask(refusal({ __type: 'ResourceNotFoundException' }))).toEqual([
      'GetItem: the error has no message',
    ]);
    expect(await ask(refusal({ message: 'm' }))).toEqual([expect.stringContaining('has no code')]);
    expect(await ask(refusal({ __type: 'ResourceNotFoundException', message: 'm', Table: 'x' }))).toEqual([
      expect.stringContaining('the model has no member Table'),
    ]);

    const missing = { headers: { 'x-amzn-ErrorType': 'ResourceNotFoundException' }, body: '{"Message":"m"}' };
    const lambda = (status: number) =>
      problems('lambda', 'GetFunction', { ...missing, status }, { FunctionName: 'f' });
    expect(await lambda(404)).toEqual([]);
    expect(await lambda(400)).toEqual([expect.stringContaining('status 400 where the model has 404')]);

    const xml = (code: string) =>
      problems(
        'cloudformation',
        'ExecuteChangeSet',
        {
          status: 404,
          body: `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>m</Message></Error><RequestId>r</RequestId></ErrorResponse>`,
        },
        { ChangeSetName: 'c', StackName: 's' },
      );
    expect(await xml('ChangeSetNotFound')).toEqual([]);
    expect(await xml('Lost')).toEqual(['ExecuteChangeSet: its model lists no error Lost']);
  });
});
