import { describe, expect, it } from 'vitest';
import type { InvocationReport } from '../../../src/services/lambda/telemetry/platform-lines.ts';
import { platformLog } from '../../../src/services/lambda/telemetry/platform-log.ts';
import type { LoggingModel } from '../../../src/template/model.ts';
import { functionModel } from './function-model.ts';

const place = { partition: 'aws', region: 'eu-west-1', accountId: '123456789012' };
const NOW = Date.parse('2026-11-23T09:30:00.512Z');
const ID = '4d0f1a2b-0000-4000-8000-000000000000';
const trace = {
  header: 'Root=1-a-b;Parent=53995c3f42cd8ad8;Sampled=1',
  upstream: 'Root=1-a-b;Parent=0efbd19962d95b05;Sampled=1',
  traceId: '1-a-b',
  segmentId: '53995c3f42cd8ad8',
  sampled: true,
  isRecorded: true,
};

const succeeded: InvocationReport = {
  requestId: ID,
  ending: { outcome: 'ok', payload: Buffer.from('"ok"') },
  durationMs: 3.014,
  initMs: 110.1,
  memorySizeMB: 128,
  maxMemoryUsedMB: 36,
};
const timedOut: InvocationReport = {
  ...succeeded,
  durationMs: 3000,
  ending: {
    outcome: 'timeout',
    payload: Buffer.from('{}'),
    errorType: 'Sandbox.Timedout',
    errorMessage: `RequestId: ${ID} Error: Task timed out after 3.00 seconds`,
  },
};

function linesOf(logging: Partial<LoggingModel>) {
  const fn = functionModel();
  return platformLog({ ...fn, logging: { ...fn.logging, ...logging } }, '$LATEST', place, () => NOW);
}

describe('platform lines as text', () => {
  const log = linesOf({ format: 'Text' });

  it('name the runtime, the request and what it used', () => {
    expect(log.initStart('init')[0]).toMatch(
      /^INIT_START Runtime Version: nodejs:24\.v\d+\tRuntime Version ARN: arn:aws:lambda:eu-west-1::runtime:[0-9a-f]{64}$/,
    );
    expect(log.start(ID, undefined)).toEqual([`START RequestId: ${ID} Version: $LATEST`]);
    expect(log.end(succeeded)).toEqual([
      `END RequestId: ${ID}`,
      `REPORT RequestId: ${ID}\tDuration: 3.01 ms\tBilled Duration: 114 ms\tMemory Size: 128 MB\tMax Memory Used: 36 MB\tInit Duration: 110.10 ms\t`,
    ]);
  });

  it('say how it failed, and in which trace', () => {
    const [, , report] = log.end({ ...timedOut, trace });
    expect(report).toContain('\t\nXRAY TraceId: 1-a-b\tSegmentId: 53995c3f42cd8ad8\tSampled: true\t');
    expect(report).toContain('\tStatus: timeout\t');
    const failed = { outcome: 'error', payload: Buffer.from('{}'), errorType: 'TapeEmpty' } as const;
    expect(log.end({ ...succeeded, ending: failed })[1]).toContain(
      '\tStatus: error\tError Type: TapeEmpty\t',
    );
  });

  it('repeat a timeout before the end, with its time', () => {
    expect(log.end(timedOut)[0]).toBe(`2026-11-23T09:30:00.512Z ${ID} Task timed out after 3.00 seconds`);
  });

  it('report an initialisation only when it failed or was repeated', () => {
    expect(log.initReport({ phase: 'init', status: 'success', durationMs: 1 })).toEqual([]);
    expect(
      log.initReport({ phase: 'init', status: 'error', errorType: 'Runtime.Unknown', durationMs: 1.5 }),
    ).toEqual([
      'INIT_REPORT Init Duration: 1.50 ms\tPhase: init\tStatus: error\tError Type: Runtime.Unknown',
    ]);
    expect(log.initReport({ phase: 'invoke', status: 'success', durationMs: 2 })).toEqual([
      'INIT_REPORT Init Duration: 2.00 ms\tPhase: invoke\tStatus: success',
    ]);
  });
});

describe('platform lines as JSON', () => {
  const typesOf = (lines: string[]) => lines.map((line) => JSON.parse(line).type);

  it('hold the record of each event', () => {
    const log = linesOf({ format: 'JSON' });
    expect(JSON.parse(log.start(ID, trace)[0] ?? '')).toEqual({
      time: '2026-11-23T09:30:00.512Z',
      type: 'platform.start',
      record: {
        requestId: ID,
        version: '$LATEST',
        tracing: { spanId: '53995c3f42cd8ad8', type: 'X-Amzn-Trace-Id', value: trace.upstream },
      },
    });
    expect(JSON.parse(log.end(succeeded)[0] ?? '')).toMatchObject({
      type: 'platform.report',
      record: {
        requestId: ID,
        status: 'success',
        metrics: {
          durationMs: 3.014,
          billedDurationMs: 114,
          memorySizeMB: 128,
          maxMemoryUsedMB: 36,
          initDurationMs: 110.1,
        },
      },
    });
  });

  it('show at INFO what happened, and details only of failures', () => {
    const log = linesOf({ format: 'JSON', systemLogLevel: 'INFO' });
    expect(typesOf(log.end(succeeded))).toEqual(['platform.report']);
    expect(typesOf(log.end(timedOut))).toEqual(['platform.runtimeDone', 'platform.report']);
    expect(log.initReport({ phase: 'init', status: 'success', durationMs: 1 })).toEqual([]);
  });

  it('show every detail at DEBUG', () => {
    const log = linesOf({ format: 'JSON', systemLogLevel: 'DEBUG' });
    expect(typesOf(log.initReport({ phase: 'init', status: 'success', durationMs: 1 }))).toEqual([
      'platform.initRuntimeDone',
      'platform.initReport',
    ]);
    expect(typesOf(log.end(succeeded))).toEqual(['platform.runtimeDone', 'platform.report']);
  });

  it('show nothing but failures at WARN', () => {
    const log = linesOf({ format: 'JSON', systemLogLevel: 'WARN' });
    expect([...log.initStart('init'), ...log.start(ID, undefined), ...log.end(succeeded)]).toEqual([]);
    expect(typesOf(log.end(timedOut))).toEqual(['platform.runtimeDone', 'platform.report']);
  });
});
