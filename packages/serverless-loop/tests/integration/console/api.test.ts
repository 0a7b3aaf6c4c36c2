import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { CONSOLE_ENDPOINTS } from '../../../src/console/endpoints/table.ts';
import { projectFolder, runLoop } from '../../loop-in-process.ts';

const TEMPLATE = `
Transform: AWS::Serverless-2016-10-31
Resources:
  Greeter:
    Type: AWS::Serverless::Function
    Properties: { Runtime: nodejs24.x, Handler: greeter.handler, CodeUri: code/ }
  Bus: { Type: AWS::Events::EventBus, Properties: { Name: shop } }
  Paid:
    Type: AWS::Events::Rule
    Properties:
      EventBusName: !Ref Bus
      EventPattern: { source: [com.shop], detail: { status: [PAID], total: [{ numeric: ['>', 10] }] } }
      Targets: [{ Id: kept, Arn: !GetAtt Kept.Arn }]
  Kept: { Type: AWS::SQS::Queue, Properties: { QueueName: kept } }
  Worked:
    Type: AWS::SQS::Queue
    Properties:
      QueueName: worked
      RedrivePolicy: { deadLetterTargetArn: !GetAtt Kept.Arn, maxReceiveCount: 1 }
  Boxes:
    Type: AWS::DynamoDB::Table
    Properties:
      TableName: boxes
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{ AttributeName: id, AttributeType: S }]
      KeySchema: [{ AttributeName: id, KeyType: HASH }]
  LetsIn:
    Type: AWS::SQS::QueuePolicy
    Properties:
      Queues: [!Ref Kept]
      PolicyDocument:
        Statement:
          - { Effect: Allow, Principal: { Service: events.amazonaws.com }, Action: sqs:SendMessage, Resource: !GetAtt Kept.Arn }
`;
const CODE = `exports.handler = async ({ name }) => {
  if (!name) throw new TypeError('nobody to greet');
  console.log('greeting', name);
  return { greeting: 'Hello ' + name };
};`;

type Running = Awaited<ReturnType<typeof runLoop>>;
let running: Running;
let remove = () => {};
beforeAll(async () => {
  const folder = projectFolder({ 'template.yaml': TEMPLATE, 'code/greeter.js': CODE }, (undo) => {
    remove = undo;
  });
  running = await runLoop(`${folder}/template.yaml`);
  await running.loop.ready();
});
afterAll(async () => {
  await running?.stop();
  remove();
});
beforeEach(async () => {
  await post('/_loop/reset', {});
});

async function answerTo(path: string, init: RequestInit = {}) {
  const response = await fetch(`${running.loop.endpoint}${path}`, init);
  const body: unknown = await response.json();
  return { status: response.status, body, headers: response.headers };
}
const get = async (path: string) => (await answerTo(path)).body;
const sent = (body: unknown, headers: Record<string, string> = {}): RequestInit => ({
  method: 'POST',
  headers: { 'Content-Type': 'application/json', ...headers },
  body: JSON.stringify(body),
});
const post = (path: string, body: unknown) =>
  answerTo(path, sent(body, { 'X-Loop-Token': running.loop.token }));
const put = (detail: object) =>
  post('/_loop/events', { bus: 'shop', source: 'com.shop', detailType: 'Order', detail });

describe('events', () => {
  test('one that a rule misses by one field says which, what was expected and what was found', async () => {
    const { body } = await put({ status: 'PAID', total: 5 });
    const id = Object(body).id;
    await running.loop.idle();
    expect(await get(`/_loop/event?bus=shop&id=${id}`)).toMatchObject({
      event: { source: 'com.shop', detail: { total: 5 } },
      rules: [
        {
          matches: false,
          failed: [{ path: 'detail.total', expected: [{ numeric: ['>', 10] }], found: [5] }],
        },
      ],
    });
  });

  test('one that matches says so, and its message lies in the queue, unreceived however often it is looked at', async () => {
    const { body } = await put({ status: 'PAID', total: 11 });
    await running.loop.idle();
    expect(await get(`/_loop/event?bus=shop&id=${Object(body).id}`)).toMatchObject({
      rules: [{ matches: true }],
    });
    await get('/_loop/queue?name=kept');
    expect(await get('/_loop/queue?name=kept')).toMatchObject({
      count: 1,
      messages: [{ state: 'visible', receiveCount: 0, senderId: expect.any(String) }],
    });
    expect(await get('/_loop/queues')).toMatchObject({ queues: [{ queueName: 'kept', visible: 1 }, {}] });
  });

  test('a pattern is tried on an event, and one that is none is refused in the words of the service', async () => {
    const tried = await answerTo('/_loop/explain', sent({ pattern: { a: ['x'] }, event: { a: 'X' } }));
    expect(tried.body).toEqual({
      matches: false,
      alternatives: 1,
      failed: [
        { path: 'a', expected: ['x'], found: ['X'], hint: 'The event has "X": upper and lower case count.' },
      ],
    });
    expect(await answerTo('/_loop/explain', sent({ pattern: { a: 'x' }, event: {} }))).toMatchObject({
      status: 400,
      body: {
        code: 'InvalidEventPatternException',
        message: 'Event pattern is not valid. Reason: "a" must be an object or an array',
      },
    });
  });

  test('one that PutEvents refuses is refused in its words', async () => {
    const { status, body } = await post('/_loop/events', { source: 'aws.x', detailType: 'd', detail: {} });
    expect({ status, body }).toMatchObject({
      status: 400,
      body: { code: 'NotAuthorizedForSourceException' },
    });
  });

  test('the newest come first', async () => {
    await put({ n: 1 });
    await put({ n: 2 });
    expect(await get('/_loop/events?limit=1')).toMatchObject({ events: [{ event: { detail: { n: 2 } } }] });
  });
});

test.each([
  ['markup', '<img src=x onerror=alert(1)>"\'&</script>'],
  ['control characters', '\u0000\u0007\u001b[31m\r\n\t'],
  ['text that runs the other way', '\u202eabc\u2066'],
  ['half a character', '\ud800'],
  ['line ends of JavaScript', '\u2028\u2029'],
  ['a text of 200,000 characters', 'é'.repeat(200_000)],
])(
  'an event and a message with %s come as they are, as JSON that nobody takes for a page',
  async (_what, given) => {
    const { body } = await put({ given });
    await post('/_loop/queue/send', { name: 'kept', body: given.replace(/\p{Cc}|\p{Cs}/gu, '-') });
    const { status, headers, body: shown } = await answerTo(`/_loop/event?bus=shop&id=${Object(body).id}`);
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('application/json');
    // A half of a pair can't be in UTF-8: it goes as an escape, or as the character that stands for it.
    const kept = Object(shown).event.detail.given;
    expect([given, given.replace('\ud800', '\ufffd')]).toContain(kept);
    expect(await get('/_loop/queue?name=kept')).toMatchObject({ count: 1 });
  },
);

test('a body in broken UTF-8 is refused or read, and ends nothing', async () => {
  const body = Buffer.concat([Buffer.from('{"name":"'), Buffer.from([0xff, 0xfe, 0xc3]), Buffer.from('"}')]);
  const headers = { 'Content-Type': 'application/json', 'X-Loop-Token': running.loop.token };
  expect(await answerTo('/_loop/invoke', { method: 'POST', headers, body })).toMatchObject({
    status: expect.toSatisfy((status: number) => status >= 400 && status < 500),
  });
  expect(await answerTo('/_loop/facts')).toMatchObject({ status: 200 });
});

describe('functions', () => {
  test('one is invoked by its logical id and answers with its payload and the end of its log', async () => {
    const { body } = await post('/_loop/invoke', { name: 'Greeter', event: { name: 'Ada' } });
    expect(body).toMatchObject({ status: 200, payload: { greeting: 'Hello Ada' } });
    expect(Object(body).logs).toContain('greeting Ada');
  });

  test('one that fails answers with its error', async () => {
    const { body } = await post('/_loop/invoke', { name: functionName(), event: {} });
    expect(body).toMatchObject({ functionError: 'Unhandled', payload: { errorMessage: 'nobody to greet' } });
  });

  test('one that there is not is refused as by Lambda', async () => {
    expect(await post('/_loop/invoke', { name: 'nobody' })).toMatchObject({
      status: 404,
      body: { code: 'ResourceNotFoundException' },
    });
  });
});

test('any operation of AWS is called by the members of its API', async () => {
  const { body } = await post('/_loop/call', { service: 'sqs', operation: 'ListQueues' });
  expect(body).toMatchObject({
    output: { QueueUrls: [expect.stringMatching(/\/kept$/), expect.any(String)] },
  });
  expect(await post('/_loop/call', { service: 'sqs', operation: 'Nothing' })).toMatchObject({
    status: 400,
    body: { code: 'UnknownOperationException' },
  });
});

describe('queues', () => {
  const messages = async (name: string) => Object(await get(`/_loop/queue?name=${name}`)).messages;

  test('a message is sent with its attributes, and a purge leaves none', async () => {
    const attributes = { colour: { DataType: 'String', StringValue: 'red' } };
    const { body } = await post('/_loop/queue/send', { name: 'kept', body: 'hello', attributes });
    expect(await messages('kept')).toMatchObject([
      { messageId: Object(body).messageId, body: 'hello', attributes: { colour: { stringValue: 'red' } } },
    ]);
    await post('/_loop/queue/purge', { name: 'kept' });
    expect(await messages('kept')).toEqual([]);
  });

  test('messages are moved back to the queue that gave them up, one or all, as new messages', async () => {
    for (const body of ['a', 'b', 'c']) await post('/_loop/queue/send', { name: 'worked', body });
    const receive = { QueueUrl: queueUrl('worked'), MaxNumberOfMessages: 10, VisibilityTimeout: 0 };
    // Received once and not deleted: the second receive gives them up.
    await post('/_loop/call', { service: 'sqs', operation: 'ReceiveMessage', input: receive });
    await post('/_loop/call', { service: 'sqs', operation: 'ReceiveMessage', input: receive });
    const dead = await messages('kept');
    expect(dead).toMatchObject(
      ['a', 'b', 'c'].map((body) => ({ body, deadLetterSourceArn: expect.any(String) })),
    );

    const [first] = dead;
    const one = await post('/_loop/queue/redrive', { name: 'kept', messageIds: [first.messageId] });
    expect(one.body).toEqual({ moved: 1 });
    expect(await messages('worked')).toMatchObject([{ body: 'a', receiveCount: 0, state: 'visible' }]);
    expect((await messages('worked'))[0].messageId).not.toBe(first.messageId);

    expect((await post('/_loop/queue/redrive', { name: 'kept' })).body).toEqual({ moved: 2 });
    expect(await messages('kept')).toEqual([]);
  });

  test('a message that no queue gave up is moved where it is told to go, and nowhere else', async () => {
    await post('/_loop/queue/send', { name: 'kept', body: 'x' });
    expect(await post('/_loop/queue/redrive', { name: 'kept' })).toMatchObject({
      status: 400,
      body: { code: 'InvalidParameterValue' },
    });
    expect(await messages('kept')).toHaveLength(1);
    await post('/_loop/queue/redrive', { name: 'kept', to: 'worked' });
    expect(await messages('worked')).toMatchObject([{ body: 'x' }]);
  });

  test.each(['send', 'purge', 'redrive'])('to %s needs a queue that there is', async (action) => {
    const given = { name: 'nothing', ...(action === 'send' && { body: 'x' }) };
    const refused = await post(`/_loop/queue/${action}`, given);
    expect(refused).toMatchObject({
      status: 400,
      body: { message: expect.stringMatching(/queue does not exist/) },
    });
  });
});

test('an item is put, read and deleted', async () => {
  const item = { id: { S: '1' }, total: { N: '12345678901234567890' } };
  await post('/_loop/item/put', { table: 'boxes', item });
  expect(await get('/_loop/items?table=boxes')).toMatchObject({
    items: [{ key: 'id=1', item }],
    count: 1,
    hasMore: false,
  });
  await post('/_loop/item/delete', { table: 'boxes', key: { id: { S: '1' } } });
  expect(await get('/_loop/items?table=boxes')).toMatchObject({ items: [], count: 0, hasMore: false });
});

describe('facts', () => {
  test('are asked for from a place, by groups, and none comes twice', async () => {
    const { next } = Object(await get('/_loop/facts'));
    await put({ total: 1 });
    await running.loop.idle();
    const events = Object(await get(`/_loop/facts?after=${next}&groups=events`));
    expect(events.facts.map(({ kind }: { kind: string }) => kind)).toEqual([
      'event.published',
      'event.unmatched',
    ]);
    expect(Object(await get(`/_loop/facts?after=${events.next}&groups=events`)).facts).toEqual([]);
    expect(Object(await get('/_loop/facts?newest=20&groups=events')).facts).toMatchObject([
      { kind: 'event.published' },
      { kind: 'event.unmatched', seq: expect.any(Number), time: expect.stringMatching(/^2\d{3}-.*Z$/) },
    ]);
  });

  test('come as events of a stream, which goes on where its reader was', async () => {
    const { next } = Object(await get('/_loop/facts'));
    await put({ total: 1 });
    await running.loop.idle();
    const leaving = new AbortController();
    const response = await fetch(`${running.loop.endpoint}/_loop/facts/stream?groups=events`, {
      headers: { 'Last-Event-ID': next },
      signal: leaving.signal,
    });
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    const reader = response.body?.getReader();
    const { value } = (await reader?.read()) ?? {};
    leaving.abort();
    expect(Buffer.from(value ?? []).toString()).toMatch(
      /id: [0-9a-f]+\.\d+\nevent: facts\ndata: .*"event\.published"/,
    );
  });

  test.each([
    ['after=x', 'Expected the number of a fact, or the "next" of an earlier answer, found "x".'],
    ['limit=0', /limit/],
    ['limit=many', /limit must be an integer/],
    ['groups=nonsense', /groups/],
  ])('with %s are refused', async (query, message) => {
    const { status, body } = await answerTo(`/_loop/facts?${query}`);
    expect(status).toBe(400);
    expect(Object(body).message).toMatch(message);
  });
});

describe('safety', () => {
  const changing = Object.entries(CONSOLE_ENDPOINTS)
    .filter(([, { changes }]) => changes)
    .map(([route]) => route.slice('POST '.length));

  test.each(changing)('%s needs the token', async (path) => {
    const body = {
      name: 'x',
      source: 's',
      detailType: 'd',
      detail: {},
      service: 'sqs',
      operation: 'ListQueues',
    };
    expect(await answerTo(path, sent(body))).toMatchObject({ status: 403 });
    expect(await answerTo(path, sent(body, { 'X-Loop-Token': 'x'.repeat(32) }))).toMatchObject({
      status: 403,
    });
  });

  test.each([
    ['another origin', { Origin: 'http://evil.example' }],
    ['a page of another port', { Origin: 'http://127.0.0.1:1' }],
    ['an image of another site', { 'Sec-Fetch-Site': 'cross-site' }],
  ])('a request of %s is refused, to read and with the token', async (_whose, headers) => {
    expect(await answerTo('/_loop/facts', { headers })).toMatchObject({ status: 403 });
    const post = sent({}, { ...headers, 'X-Loop-Token': running.loop.token });
    expect(await answerTo('/_loop/reset', post)).toMatchObject({ status: 403 });
  });

  test('a body that a form could send is refused', async () => {
    const headers = { 'Content-Type': 'text/plain', 'X-Loop-Token': running.loop.token };
    expect(await answerTo('/_loop/reset', { method: 'POST', headers, body: '{}' })).toMatchObject({
      status: 415,
    });
  });

  test('a body that is no object, and another method, are refused', async () => {
    expect(await answerTo('/_loop/explain', sent([1]))).toMatchObject({ status: 400 });
    const other = await answerTo('/_loop/reset', { method: 'GET' });
    expect(other).toMatchObject({ status: 405 });
    expect(other.headers.get('allow')).toBe('POST');
  });

  test('answers are kept by nobody and taken for nothing else', async () => {
    const { headers } = await answerTo('/_loop/facts');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });
});

function queueUrl(name: string): string {
  return running.loop.stack.queues.find((queue) => queue.name === name)?.url ?? '';
}

function functionName(): string {
  const [fn] = running.loop.stack.functions;
  return fn?.name ?? '';
}
