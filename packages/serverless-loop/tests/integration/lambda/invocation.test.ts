import { describe, expect, it } from 'vitest';
import { folderFunction, testLambda } from './test-lambda.ts';

describe('an invocation', () => {
  it('gives the handler its event, and answers what that returns', async () => {
    const lambda = await testLambda([
      folderFunction('exports.handler = async (event) => ({ hello: event.name });'),
    ]);
    const result = await lambda.call({ name: 'Ünal' });
    expect(result).toMatchObject({ answer: { hello: 'Ünal' }, executedVersion: '$LATEST' });
    expect(result).not.toHaveProperty('functionError');
  });

  it.each([
    ['nothing', 'async () => {}'],
    ['null', 'async () => null'],
    ['a plain value from a plain function', '() => null'],
  ])('that returns %s answers null', async (_what, handler) => {
    const lambda = await testLambda([folderFunction(`exports.handler = ${handler};`)]);
    expect((await lambda.call()).answer).toBeNull();
  });

  // https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html
  it('runs in the same environment as the one before, which keeps its module state', async () => {
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
  });

  it('reports the duration of the initialisation once', async () => {
    const lambda = await testLambda([folderFunction('exports.handler = async () => null;')]);
    await lambda.call();
    await lambda.call();
    const [first, second] = lambda.facts.ofKind('invocation.ended');
    expect(first?.initMs).toBeGreaterThan(0);
    expect(second).not.toHaveProperty('initMs');
  });

  // https://docs.aws.amazon.com/lambda/latest/dg/nodejs-context.html
  it('has a context that tells about the function and the request', async () => {
    const source = `exports.handler = async (event, context) => ({
      ...context, left: context.getRemainingTimeInMillis(), members: Object.keys(context) });`;
    const fn = folderFunction(source);
    const lambda = await testLambda([fn]);
    const clientContext = JSON.stringify({ custom: { tier: 'gold' } });
    const { answer } = await lambda.call({}, { requestId: 'req-1', clientContext });
    expect(answer).toMatchObject({
      functionName: 'packer',
      functionVersion: '$LATEST',
      memoryLimitInMB: '128',
      logGroupName: '/aws/lambda/packer',
      logStreamName: expect.stringMatching(/^\d{4}\/\d\d\/\d\d\/\[\$LATEST\][0-9a-f]{32}$/),
      invokedFunctionArn: fn.arn,
      awsRequestId: 'req-1',
      clientContext: { custom: { tier: 'gold' } },
      left: expect.toSatisfy((left: number) => left > 0 && left <= 20_000),
      members: expect.not.arrayContaining(['done', 'succeed', 'fail', 'callbackWaitsForEmptyEventLoop']),
    });
  });

  it('finds the trace header in the environment for as long as it has one', async () => {
    const lambda = await testLambda([
      folderFunction('exports.handler = async () => process.env._X_AMZN_TRACE_ID ?? null;'),
    ]);
    const traceHeader = 'Root=1-6925a0c8-0123456789abcdef01234567;Parent=53995c3f42cd8ad8;Sampled=1';
    expect((await lambda.call({}, { traceHeader })).answer).toBe(traceHeader);
    expect((await lambda.call()).answer).toBeNull();
    expect(lambda.facts.ofKind('invocation.started')[0]?.traceId).toBe('1-6925a0c8-0123456789abcdef01234567');
  });

  it('of an unknown function is refused', async () => {
    const lambda = await testLambda([folderFunction('exports.handler = async () => null;')]);
    await expect(lambda.call({}, { functionName: 'other' })).rejects.toMatchObject({
      code: 'ResourceNotFoundException',
      status: 404,
      message: 'Function not found: other',
    });
  });

  it('carries payloads of several megabytes both ways', async () => {
    const lambda = await testLambda([
      folderFunction('exports.handler = async (event) => event;', { timeoutMs: 15_000 }),
    ]);
    const text = 'ü'.repeat(2_000_000);
    expect((await lambda.call({ text })).answer).toEqual({ text });
  });

  it('streams its response into one answer', async () => {
    const source = `exports.handler = awslambda.streamifyResponse(async (event, stream) => {
      stream.write('{"parts":'); stream.write('2}'); stream.end(); });`;
    const lambda = await testLambda([folderFunction(source)]);
    expect((await lambda.call()).answer).toEqual({ parts: 2 });
  });
});
