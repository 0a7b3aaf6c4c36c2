import { InvokeCommand } from '@aws-sdk/client-lambda';
import { expect, test } from 'vitest';
import { AwsError } from '../../../src/aws/errors.ts';
import { functionModel } from '../../unit/lambda-async/function-model.ts';
import { failure, success, throttle } from '../../unit/lambda-async/test-queue.ts';
import { testApi } from './test-api.ts';

const FunctionName = 'packer';
const thrown = (call: Promise<unknown>) => call.catch((error: unknown) => error);

test('a synchronous call gets what the function returned, and its request id', async () => {
  const { client, invoked } = await testApi();
  const answer = await client.send(new InvokeCommand({ FunctionName, Payload: '{"box":7}' }));
  expect(answer).toMatchObject({
    StatusCode: 200,
    ExecutedVersion: '$LATEST',
    $metadata: { requestId: 'req-7' },
  });
  expect(answer.Payload?.transformToString()).toBe('{"packed":true}');
  expect(answer.FunctionError).toBeUndefined();
  expect(answer.LogResult).toBeUndefined();
  expect(invoked).toMatchObject([{ functionName: 'packer', requestId: 'req-7', attempt: 1 }]);
  expect(invoked[0]?.payload.toString()).toBe('{"box":7}');
});

test('an error of the function is still an answer, with the end of its log when that is asked for', async () => {
  const { client } = await testApi(undefined, async () => ({
    ...failure,
    logTail: `${'x'.repeat(5000)}END`,
  }));
  const answer = await client.send(new InvokeCommand({ FunctionName, LogType: 'Tail' }));
  expect(answer).toMatchObject({ StatusCode: 200, FunctionError: 'Unhandled' });
  expect(JSON.parse(answer.Payload?.transformToString() ?? '')).toMatchObject({ errorType: 'TapeEmpty' });
  const log = Buffer.from(answer.LogResult ?? '', 'base64').toString();
  expect(log).toBe(`${'x'.repeat(4093)}END`);
});

test('an asynchronous call is accepted and answered with nothing but the request id', async () => {
  const { client, invoked, accepted } = await testApi();
  const answer = await client.send(
    new InvokeCommand({ FunctionName, InvocationType: 'Event', Payload: '{"box":7}' }),
  );
  expect(answer).toMatchObject({ StatusCode: 202, $metadata: { requestId: 'req-7' } });
  expect(answer.Payload ?? undefined).toBeUndefined();
  expect(accepted.map(({ payload, ...event }) => [event, payload.toString()])).toEqual([
    [
      { functionName: 'packer', requestId: 'req-7', traceHeader: expect.stringMatching(/;Sampled=0;/) },
      '{"box":7}',
    ],
  ]);
  expect(invoked).toEqual([]);
});

test('a dry run runs nothing', async () => {
  const { client, invoked, accepted } = await testApi();
  const answer = await client.send(new InvokeCommand({ FunctionName, InvocationType: 'DryRun' }));
  expect(answer.StatusCode).toBe(204);
  expect([...invoked, ...accepted]).toEqual([]);
});

test('a call without a payload comes to the function as an empty object', async () => {
  const { client, invoked } = await testApi();
  await client.send(new InvokeCommand({ FunctionName }));
  expect(invoked[0]?.payload.toString()).toBe('{}');
});

test.each([
  'arn:aws:lambda:eu-west-1:123456789012:function:packer',
  'arn:aws:lambda:eu-west-1:123456789012:function:packer:$LATEST',
  '123456789012:function:packer',
  'packer:$LATEST',
])('%s names the function too', async (name) => {
  const { client, invoked } = await testApi();
  await client.send(new InvokeCommand({ FunctionName: name }));
  expect(invoked).toMatchObject([{ functionName: 'packer' }]);
});

// LocalStack's record, test_lambda.snapshot.json, test_invoke_exceptions.
test.each([
  ['nobody', undefined, 'Function not found: arn:aws:lambda:eu-west-1:123456789012:function:nobody:$LATEST'],
  ['packer', '1221', 'Function not found: arn:aws:lambda:eu-west-1:123456789012:function:packer:1221'],
  [
    'arn:aws:lambda:us-east-1:123456789012:function:packer',
    undefined,
    "Functions from 'us-east-1' are not reachable in this region ('eu-west-1')",
  ],
  [
    'arn:aws:lambda:eu-west-1:999999999999:function:packer',
    undefined,
    'Function not found: arn:aws:lambda:eu-west-1:999999999999:function:packer:$LATEST',
  ],
])('%s with qualifier %s is not found', async (name, Qualifier, message) => {
  const { client } = await testApi();
  expect(await thrown(client.send(new InvokeCommand({ FunctionName: name, Qualifier })))).toMatchObject({
    name: 'ResourceNotFoundException',
    message,
    Type: 'User',
    $metadata: { httpStatusCode: 404 },
  });
});

test('a body that is no JSON is refused', async () => {
  const { client, invoked } = await testApi();
  for (const Payload of ['{"box":', Buffer.of(0x22, 0x87, 0x22)]) {
    expect(await thrown(client.send(new InvokeCommand({ FunctionName, Payload })))).toMatchObject({
      name: 'InvalidRequestContentException',
      message: expect.stringMatching(
        /^Could not parse request body into json: Could not parse payload into json: /,
      ),
      $metadata: { httpStatusCode: 400 },
    });
  }
  expect(invoked).toEqual([]);
});

test.each([
  ['RequestResponse', 6_291_456],
  ['Event', 1_048_576],
] as const)('a %s body of %i bytes is taken, one byte more is too large', async (InvocationType, bytes) => {
  const { client, invoked, accepted } = await testApi();
  const payload = (size: number) => JSON.stringify('x'.repeat(size - 2));
  await client.send(new InvokeCommand({ FunctionName, InvocationType, Payload: payload(bytes) }));
  expect(
    await thrown(
      client.send(new InvokeCommand({ FunctionName, InvocationType, Payload: payload(bytes + 1) })),
    ),
  ).toMatchObject({
    name: 'RequestTooLargeException',
    message: `Request must be smaller than ${bytes} bytes for the InvokeFunction operation`,
    $metadata: { httpStatusCode: 413 },
  });
  expect([...invoked, ...accepted]).toHaveLength(1);
});

test('an unknown invocation type is refused', async () => {
  const { endpoint, invoked } = await testApi();
  const answer = await fetch(`${endpoint}/2015-03-31/functions/packer/invocations`, {
    method: 'POST',
    headers: { 'X-Amz-Invocation-Type': 'Perhaps' },
  });
  expect(answer.status).toBe(400);
  expect(answer.headers.get('x-amzn-ErrorType')).toBe('ValidationException');
  expect(invoked).toEqual([]);
});

test('a throttle reaches the caller as Lambda’s own error', async () => {
  const { client } = await testApi(undefined, () =>
    Promise.reject(
      new AwsError('TooManyRequestsException', 'Rate Exceeded.', {
        status: 429,
        members: { Type: 'User', Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded' },
      }),
    ),
  );
  expect(await thrown(client.send(new InvokeCommand({ FunctionName })))).toMatchObject({
    name: 'TooManyRequestsException',
    Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded',
  });
});

test('the client context comes to a synchronous invocation as JSON text', async () => {
  const { client, invoked } = await testApi();
  const ClientContext = Buffer.from('{"custom":{"shift":"night"}}').toString('base64');
  await client.send(new InvokeCommand({ FunctionName, ClientContext }));
  expect(invoked[0]?.clientContext).toBe('{"custom":{"shift":"night"}}');
  const tooLong = Buffer.from(JSON.stringify('x'.repeat(2_700))).toString('base64');
  for (const refused of ['bm8=', tooLong])
    expect(
      await thrown(client.send(new InvokeCommand({ FunctionName, ClientContext: refused }))),
    ).toMatchObject({ name: 'InvalidRequestContentException' });
});

test('the trace of the call goes on; a function starts one when there is none, sampled if it is traced', async () => {
  const { endpoint, invoked } = await testApi([
    functionModel({ tracing: 'Active' }),
    functionModel({ name: 'plain', arn: 'arn:aws:lambda:eu-west-1:123456789012:function:plain' }),
  ]);
  const invoke = (name: string, headers: Record<string, string> = {}) =>
    fetch(`${endpoint}/2015-03-31/functions/${name}/invocations`, { method: 'POST', headers });
  const given = 'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1';

  const answer = await invoke('packer', { 'X-Amzn-Trace-Id': given });
  await invoke('packer');
  await invoke('plain', { 'X-Amzn-Trace-Id': given });
  await invoke('plain');

  expect(answer.headers.get('X-Amzn-Trace-Id')).toMatch(new RegExp(`^${given};Lineage=1:[0-9a-f]{8}:0$`));
  const epoch = (Date.UTC(2026, 10, 23, 9, 30) / 1000).toString(16);
  expect(invoked.map(({ traceHeader }) => traceHeader)).toEqual([
    expect.stringMatching(/^Root=1-5759e988-bd862e3fe1be46a994272793;Parent=[0-9a-f]{16};Sampled=1;Lineage=/),
    expect.stringMatching(new RegExp(`^Root=1-${epoch}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=1;Lineage=`)),
    expect.stringMatching(new RegExp(`^${given};Lineage=1:[0-9a-f]{8}:0$`)),
    expect.stringMatching(new RegExp(`^Root=1-${epoch}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=0;Lineage=`)),
  ]);
});

test('a traced call is recorded by Lambda itself, and is the parent of what the function records', async () => {
  const { endpoint, invoked, segments } = await testApi([functionModel({ tracing: 'Active' })]);
  const url = `${endpoint}/2015-03-31/functions/packer/invocations`;
  const header = 'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=';
  await fetch(url, { method: 'POST', headers: { 'X-Amzn-Trace-Id': `${header}1` } });
  await fetch(url, { method: 'POST', headers: { 'X-Amzn-Trace-Id': `${header}0` } });

  expect(segments).toEqual([
    {
      id: expect.stringMatching(/^[0-9a-f]{16}$/),
      name: 'packer',
      start_time: expect.any(Number),
      trace_id: '1-5759e988-bd862e3fe1be46a994272793',
      end_time: expect.any(Number),
      parent_id: '53995c3f42cd8ad8',
      http: { response: { status: 200 } },
      aws: { request_id: 'req-7' },
      origin: 'AWS::Lambda',
      resource_arn: functionModel().arn,
    },
  ]);
  expect(invoked[0]?.traceHeader).toContain(`;Parent=${segments[0]?.id};`);
  expect(invoked[1]?.traceHeader).toContain(`${header}0`);
});

test('a throttled call is recorded as an error and a throttle, a failed function as a fault', async () => {
  const { client, segments } = await testApi([functionModel({ tracing: 'Active' })], async () => {
    if (segments.length === 0) throw throttle;
    return failure;
  });
  await thrown(client.send(new InvokeCommand({ FunctionName })));
  await client.send(new InvokeCommand({ FunctionName }));

  expect(segments[0]).toMatchObject({ throttle: true, error: true, http: { response: { status: 429 } } });
  expect(segments[0]).not.toHaveProperty('fault');
  expect(segments[0]).not.toHaveProperty('parent_id');
  expect(segments[1]).toMatchObject({ fault: true, http: { response: { status: 200 } } });
});

test('the payload is passed on byte for byte', async () => {
  const { client, invoked } = await testApi(undefined, async () => ({
    ...success,
    payload: Buffer.from('"Grüße 🥨"'),
  }));
  const answer = await client.send(new InvokeCommand({ FunctionName, Payload: '{ "a":1.0 ,"b":"é" }' }));
  expect(invoked[0]?.payload.toString()).toBe('{ "a":1.0 ,"b":"é" }');
  expect(answer.Payload?.transformToString()).toBe('"Grüße 🥨"');
});
