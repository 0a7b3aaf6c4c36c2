import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { boxesTable, type Running, runEmbedded } from './running-dynamodb.ts';

/** Input that no SDK would send, and a shell script might. */
describe('malformed input', () => {
  let running: Running;
  beforeAll(async () => {
    running = await runEmbedded({ tables: [boxesTable()] });
  });
  afterAll(() => running.stop());

  async function call(operation: string, input: unknown) {
    const response = await fetch(running.endpoint, {
      method: 'POST',
      headers: {
        'X-Amz-Target': `DynamoDB_20120810.${operation}`,
        Authorization: 'AWS4-HMAC-SHA256 Credential=A/20261123/eu-west-1/dynamodb/aws4_request, Signature=00',
      },
      body: JSON.stringify(input),
    });
    return { status: response.status, body: await response.text() };
  }

  test.each<[string, unknown, string]>([
    ['PutItem', {}, 'ValidationException'],
    ['PutItem', { TableName: 7 }, 'SerializationException'],
    ['PutItem', { TableName: 'boxes', Item: [] }, 'SerializationException'],
    ['PutItem', { TableName: 'boxes', Item: { depot: null } }, 'ValidationException'],
    ['PutItem', { TableName: 'boxes', Item: { depot: 'A' } }, 'SerializationException'],
    ['PutItem', { TableName: 'boxes', Item: { depot: { S: 'A', N: '1' } } }, 'ValidationException'],
    ['GetItem', { TableName: 'boxes', Key: { depot: {} } }, 'ValidationException'],
    ['BatchWriteItem', { RequestItems: { boxes: [null] } }, 'SerializationException'],
    ['BatchGetItem', { RequestItems: 'boxes' }, 'SerializationException'],
    ['Query', { TableName: 'boxes' }, 'ValidationException'],
    ['TransactWriteItems', {}, 'ValidationException'],
    ['TransactWriteItems', { TransactItems: [{}] }, 'ValidationException'],
    ['TransactWriteItems', { TransactItems: [{ Put: null }] }, 'ValidationException'],
    ['TransactWriteItems', { TransactItems: [{ Put: {}, Delete: {} }] }, 'ValidationException'],
    [
      'TransactGetItems',
      { TransactItems: Array.from({ length: 101 }, () => ({ Get: {} })) },
      'ValidationException',
    ],
    ['UpdateTimeToLive', { TableName: 'boxes' }, 'ValidationException'],
    [
      'UpdateTimeToLive',
      { TableName: 'boxes', TimeToLiveSpecification: { Enabled: true } },
      'ValidationException',
    ],
  ])('%s of %j is a %s', async (operation, input, code) => {
    const { status, body } = await call(operation, input);
    expect({ status, type: JSON.parse(body).__type }).toEqual({
      status: 400,
      type: expect.stringMatching(new RegExp(`#${code}$`)),
    });
  });

  const nested = (depth: number) => `${'NOT ('.repeat(depth)}size(depot) > size(weight)${')'.repeat(depth)}`;

  test.each(['FilterExpression', 'ProjectionExpression'])(
    'open parentheses of a %s are an error',
    async (member) => {
      const { status, body } = await call('Scan', { TableName: 'boxes', [member]: '('.repeat(200) });
      expect(status).toBe(400);
      expect(body).toContain(`Invalid ${member}: Syntax error`);
    },
  );

  test('an expression is nested as deep as its operators allow', async () => {
    const whole = await call('Scan', { TableName: 'boxes', FilterExpression: nested(297) });
    expect(whole).toMatchObject({ status: 200 });
    const broken = await call('Scan', { TableName: 'boxes', FilterExpression: `${nested(297)})` });
    expect(broken.body).toContain('Syntax error');
    const deeper = await call('Scan', { TableName: 'boxes', FilterExpression: nested(298) });
    expect(deeper.body).toContain('operator count: 301');
  });

  test('what is nested in an update is read once', async () => {
    const set = `SET amount = ${'if_not_exists(amount, '.repeat(60)}weight${')'.repeat(60)}`;
    const key = { depot: { S: 'north' }, number: { N: '7' } };
    const { status } = await call('UpdateItem', { TableName: 'boxes', Key: key, UpdateExpression: set });
    expect(status).toBe(400);
  });

  test('an expression has at most 4 KB', async () => {
    const long = await call('Scan', { TableName: 'boxes', FilterExpression: `depot = ${'a'.repeat(4096)}` });
    expect(long.status).toBe(400);
    expect(long.body).toContain(
      'Expression size has exceeded the maximum allowed size; expression size: 4104',
    );
  });

  test('is refused where a list of structures has a null', async () => {
    const ResourceArn = 'arn:aws:dynamodb:eu-west-1:123456789012:table/boxes';
    expect((await call('TagResource', { ResourceArn, Tags: [null] })).status).toBe(400);
    expect((await call('ListTagsOfResource', { ResourceArn })).status).toBe(200);
  });
});
