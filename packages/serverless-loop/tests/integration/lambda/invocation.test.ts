import { describe, expect, it } from 'vitest';
import { folderFunction, forAllTests, testLambda } from './test-lambda.ts';

const SOURCE = `const ways = {
    hello: async (event) => ({ hello: event.name }),
    nothing: async () => {},
    null: async () => null,
    plain: () => null,
    context: async (event, context) => ({
      ...context, left: context.getRemainingTimeInMillis(), members: Object.keys(context) }),
    trace: async () => process.env._X_AMZN_TRACE_ID ?? null,
    echo: async (event) => event,
  };
  exports.handler = (event, context) => ways[event.way](event, context);`;

describe('an invocation', () => {
  const running = forAllTests((atEnd) =>
    testLambda([folderFunction(SOURCE, { timeoutMs: 15_000 }, atEnd)], {}, atEnd),
  );

  it('gives the handler its event, and answers what that returns', async () => {
    const result = await running().call({ way: 'hello', name: 'Ünal' });
    expect(result).toMatchObject({ answer: { hello: 'Ünal' }, executedVersion: '$LATEST' });
    expect(result).not.toHaveProperty('functionError');
  });

  it.each([
    ['nothing', 'nothing'],
    ['null', 'null'],
    ['a plain value from a plain function', 'plain'],
  ])('that returns %s answers null', async (_what, way) => {
    expect((await running().call({ way })).answer).toBeNull();
  });

  // https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html
  it('runs in the same environment as the one before, which keeps its module state and is initialised once', async () => {
    const lambda = await testLambda([
      folderFunction('let calls = 0; exports.handler = async () => [process.pid, ++calls];'),
    ]);
    const first = await lambda.call();
    const second = await lambda.call();
    const [pid] = [first.answer].flat();
    expect([first.answer, second.answer]).toEqual([
      [pid, 1],
      [pid, 2],
    ]);
    expect(lambda.facts.ofKind('invocation.started').map(({ coldStart }) => coldStart)).toEqual([
      true,
      false,
    ]);
    const [cold, warm] = lambda.facts.ofKind('invocation.ended');
    expect(cold?.initMs).toBeGreaterThan(0);
    expect(warm).not.toHaveProperty('initMs');
  });

  // https://docs.aws.amazon.com/lambda/latest/dg/nodejs-context.html
  it('has a context that tells about the function and the request', async () => {
    const clientContext = JSON.stringify({ custom: { tier: 'gold' } });
    const { answer } = await running().call({ way: 'context' }, { requestId: 'req-1', clientContext });
    expect(answer).toMatchObject({
      functionName: 'packer',
      functionVersion: '$LATEST',
      memoryLimitInMB: '128',
      logGroupName: '/aws/lambda/packer',
      logStreamName: expect.stringMatching(/^\d{4}\/\d\d\/\d\d\/\[\$LATEST\][0-9a-f]{32}$/),
      invokedFunctionArn: running().find('packer')?.arn,
      awsRequestId: 'req-1',
      clientContext: { custom: { tier: 'gold' } },
      left: expect.toSatisfy((left: number) => left > 0 && left <= 15_000),
      members: expect.not.arrayContaining(['done', 'succeed', 'fail', 'callbackWaitsForEmptyEventLoop']),
    });
  });

  it('finds the trace header in the environment for as long as it has one', async () => {
    const { call, facts } = running();
    const traceHeader = 'Root=1-6925a0c8-0123456789abcdef01234567;Parent=53995c3f42cd8ad8;Sampled=1';
    expect((await call({ way: 'trace' }, { traceHeader, requestId: 'req-traced' })).answer).toBe(traceHeader);
    expect((await call({ way: 'trace' })).answer).toBeNull();
    const started = facts.ofKind('invocation.started').find(({ requestId }) => requestId === 'req-traced');
    expect(started?.traceId).toBe('1-6925a0c8-0123456789abcdef01234567');
  });

  it('of an unknown function is refused', async () => {
    await expect(running().call({}, { functionName: 'other' })).rejects.toMatchObject({
      code: 'ResourceNotFoundException',
      status: 404,
      message: 'Function not found: other',
    });
  });

  it('carries payloads of several megabytes both ways', async () => {
    const event = { way: 'echo', text: 'ü'.repeat(2_000_000) };
    expect((await running().call(event)).answer).toEqual(event);
  });

  it('streams its response into one answer', async () => {
    const source = `exports.handler = awslambda.streamifyResponse(async (event, stream) => {
      stream.write('{"parts":'); stream.write('2}'); stream.end(); });`;
    const lambda = await testLambda([folderFunction(source)]);
    expect((await lambda.call()).answer).toEqual({ parts: 2 });
  });
});
