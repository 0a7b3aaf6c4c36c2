import { describe, expect, it } from 'vitest';
import type { ServiceSegment } from '../../../src/aws/segment.ts';
import type { FunctionModel } from '../../../src/template/model.ts';
import { folderFunction, testLambda } from './test-lambda.ts';

const ROOT = '1-6925a0c8-0123456789abcdef01234567';
const traceHeader = `Root=${ROOT};Parent=53995c3f42cd8ad8;Sampled=1`;

/** Runs code with active tracing. */
function traced(code: string, changes: Partial<FunctionModel> = {}) {
  return testLambda([folderFunction(code, { tracing: 'Active', ...changes })]);
}

async function segmentOf(lambda: { segments: ServiceSegment[] }, at = 0): Promise<ServiceSegment> {
  await expect.poll(() => lambda.segments.length).toBeGreaterThan(at);
  const segment = lambda.segments[at];
  if (!segment) throw new Error('no segment');
  return segment;
}

const partNames = ({ subsegments = [] }: ServiceSegment) => subsegments.map(({ name }) => name);

describe('a traced invocation', () => {
  it('is recorded with initialisation, invocation and overhead, one after the other, and its report names the invocation', async () => {
    const lambda = await traced('exports.handler = async () => process.env._X_AMZN_TRACE_ID;');
    const { answer } = await lambda.call({}, { traceHeader });
    const segment = await segmentOf(lambda);

    expect(segment).toMatchObject({
      name: 'packer',
      trace_id: ROOT,
      parent_id: '53995c3f42cd8ad8',
      origin: 'AWS::Lambda::Function',
      aws: {
        account_id: '123456789012',
        function_arn: 'arn:aws:lambda:eu-west-1:123456789012:function:packer',
        resource_names: ['packer'],
      },
    });
    expect(partNames(segment)).toEqual(['Initialization', 'Invocation', 'Overhead']);
    const [init, invocation, overhead] = segment.subsegments ?? [];
    expect(init?.end_time).toBeLessThanOrEqual(segment.start_time + 0.001);
    expect(invocation?.start_time).toBe(segment.start_time);
    expect(overhead?.start_time).toBe(invocation?.end_time);
    expect(overhead?.end_time).toBe(segment.end_time);
    // The function's own subsegments hang under the invocation.
    expect(answer).toBe(`Root=${ROOT};Parent=${invocation?.id};Sampled=1`);
    const report = lambda.facts.lines('platform').find((line) => line.startsWith('REPORT'));
    expect(report).toContain(`XRAY TraceId: ${ROOT}\tSegmentId: ${invocation?.id}\tSampled: true`);
  });

  it('has no initialisation when its environment had one before, traced or not', async () => {
    const lambda = await traced('exports.handler = async () => 1;');
    await lambda.call();
    await lambda.call({}, { traceHeader });
    expect(partNames(await segmentOf(lambda))).toEqual(['Invocation', 'Overhead']);
  });

  it('is a fault with its cause when the function throws', async () => {
    const lambda = await traced(
      'exports.handler = async () => { throw Object.assign(new Error("no tape"), { name: "TapeEmpty" }); };',
    );
    await lambda.call({}, { traceHeader });
    const segment = await segmentOf(lambda);
    const exception = {
      id: expect.stringMatching(/^[0-9a-f]{16}$/),
      type: 'TapeEmpty',
      message: 'no tape',
      stack: expect.arrayContaining([
        { path: expect.stringMatching(/index\.js$/), line: 1, label: expect.any(String) },
      ]),
    };
    expect(segment).toMatchObject({ fault: true, cause: { exceptions: [exception] } });
    expect(segment.subsegments?.[1]).toMatchObject({ name: 'Invocation', fault: true });
  });

  it('is a fault when it times out or its process ends, and the next one shows the new initialisation', async () => {
    const lambda = await traced(
      `exports.handler = async (event) => {
        if (event.exit) process.exit(3);
        if (event.hang) await new Promise((resolve) => setTimeout(resolve, 60_000));
      };`,
      { timeoutMs: 1_000 },
    );
    await lambda.call({ hang: true }, { traceHeader });
    await lambda.call({ exit: true }, { traceHeader });

    const timedOut = await segmentOf(lambda, 0);
    expect(timedOut).toMatchObject({ fault: true, cause: { exceptions: [{ type: 'Sandbox.Timedout' }] } });
    expect(timedOut.end_time - timedOut.start_time).toBeGreaterThan(0.9);
    const exited = await segmentOf(lambda, 1);
    expect(exited).toMatchObject({ fault: true, cause: { exceptions: [{ type: 'Runtime.ExitError' }] } });
    expect(partNames(exited)).toEqual(['Initialization', 'Invocation', 'Overhead']);
  });

  it('shows an initialisation that failed, and that it was tried again', async () => {
    const lambda = await traced('throw new Error("no tape");');
    await lambda.call({}, { traceHeader });
    const segment = await segmentOf(lambda);
    expect(segment.subsegments?.map(({ name, fault }) => [name, fault])).toEqual([
      ['Initialization', true],
      ['Initialization', true],
      ['Invocation', true],
      ['Overhead', undefined],
    ]);
  });
});

describe('an invocation that is not traced', () => {
  it('records nothing, neither unsampled nor passed through, and the function sees the header as it came', async () => {
    const code = 'exports.handler = async () => process.env._X_AMZN_TRACE_ID ?? null;';
    const unsampled = traceHeader.replace('Sampled=1', 'Sampled=0');
    const active = await traced(code);
    expect((await active.call({}, { traceHeader: unsampled })).answer).toBe(unsampled);
    const passing = await traced(code, { tracing: 'PassThrough' });
    expect((await passing.call({}, { traceHeader })).answer).toBe(traceHeader);
    expect((await passing.call()).answer).toBeNull();
    // One that is recorded comes after anything that was.
    await active.call({}, { traceHeader });
    await segmentOf(active);
    expect(active.segments).toHaveLength(1);
    expect(passing.segments).toEqual([]);
  });
});
