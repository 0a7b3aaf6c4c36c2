import { describe, expect, it } from 'vitest';
import { isCircling, isRecursive, lineageFields, throughUnseen } from '../../../src/aws/lineage.ts';
import { callTraceHeader, traceOf, withParent } from '../../../src/services/lambda/telemetry/trace.ts';
import { functionModel } from './function-model.ts';

const NOW = Date.parse('2026-11-23T09:30:00Z');
const ROOT = '1-6925a0c8-0123456789abcdef01234567';
const HEADER = `Root=${ROOT};Parent=53995c3f42cd8ad8;Sampled=1`;
const active = functionModel({ tracing: 'Active' });
const passThrough = functionModel({ tracing: 'PassThrough' });

describe('the header of a call', () => {
  it('keeps its trace with PassThrough, and where there is none it is not sampled', () => {
    const header = callTraceHeader(HEADER, passThrough, NOW);
    expect(header.startsWith(`${HEADER};Lineage=1:`)).toBe(true);
    expect(callTraceHeader(undefined, passThrough, NOW)).toMatch(
      /^Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=0;Lineage=1:[0-9a-f]{8}:0$/,
    );
  });

  it('starts a sampled trace at active tracing, with the time in its root', () => {
    const header = callTraceHeader(undefined, active, NOW) ?? '';
    expect(header).toMatch(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24};Sampled=1;Lineage=1:[0-9a-f]{8}:0$/);
    expect(Number.parseInt(header.split('-')[1] ?? '', 16)).toBe(NOW / 1000);
  });

  it('is replaced when it is none', () => {
    for (const odd of ['', 'odd', 'Root=1-a-b', `Root=${ROOT};Parent=x`, `Root=${ROOT};Sampled=yes`]) {
      expect(callTraceHeader(odd, active, NOW), odd).not.toContain(ROOT);
    }
  });

  it('keeps its root and is sampled where the decision was left open', () => {
    for (const open of [`Root=${ROOT}`, `Root=${ROOT};Sampled=?`]) {
      expect(callTraceHeader(open, active, NOW), open).toContain(`Root=${ROOT};Sampled=1`);
    }
  });

  it('stays unsampled when it says so, and keeps the fields nobody knows', () => {
    const header = `Root=${ROOT};Parent=53995c3f42cd8ad8;Sampled=0;Lineage=a:1;Self=b`;
    const called = callTraceHeader(header, active, NOW);
    expect(called).toMatch(
      new RegExp(`^Root=${ROOT};Parent=53995c3f42cd8ad8;Sampled=0;Self=b;Lineage=1:a:1\\|1:[0-9a-f]{8}:0$`),
    );
  });

  // Lambda guide, "Recursive loop detection".
  it('counts the calls of each function, and a function is stopped after about 16', () => {
    const other = functionModel({ name: 'other' });
    let header = callTraceHeader(HEADER, passThrough, NOW);
    for (let round = 0; round < 15; round += 1) {
      header = callTraceHeader(callTraceHeader(header, other, NOW), passThrough, NOW);
      expect(isRecursive(header, passThrough)).toBe(false);
    }
    header = callTraceHeader(header, passThrough, NOW);
    expect(isRecursive(header, passThrough)).toBe(true);
    expect(isRecursive(header, other)).toBe(false);
    expect(isRecursive(header, { ...passThrough, recursiveLoop: 'Allow' })).toBe(false);
  });

  // The same page: "When another AWS service such as Amazon DynamoDB forms part of the loop, Lambda can't currently detect and stop it".
  it('counts apart what goes through other services, which stops no function', () => {
    const other = functionModel({ name: 'other' });
    const fields = (header: string | undefined) => lineageFields(header);
    let header: string | undefined = callTraceHeader(HEADER, passThrough, NOW);
    for (let round = 0; round < 16; round += 1) {
      expect(isCircling(fields(header), passThrough.arn), `round ${round}`).toBe(false);
      header = callTraceHeader(throughUnseen(header), passThrough, NOW);
    }
    expect(isRecursive(header, passThrough)).toBe(false);
    expect(isCircling(fields(throughUnseen(header)), passThrough.arn)).toBe(true);
    expect(isCircling(fields(header), other.arn)).toBe(false);
    expect(isCircling(fields(header))).toBe(true);
  });

  it('is as it came where the function says that it may go round', () => {
    const allowed = { ...passThrough, recursiveLoop: 'Allow' as const };
    expect(callTraceHeader(HEADER, allowed, NOW)).toBe(HEADER);
  });
});

describe('the trace of an invocation', () => {
  it('has a new parent for what the function records', () => {
    const trace = traceOf(`${HEADER};Lineage=a:1`, active);
    expect(trace).toMatchObject({
      traceId: ROOT,
      upstream: `${HEADER};Lineage=a:1`,
      parentId: '53995c3f42cd8ad8',
      sampled: true,
      isRecorded: true,
    });
    expect(trace?.segmentId).not.toBe('53995c3f42cd8ad8');
    expect(trace?.header).toBe(`Root=${ROOT};Parent=${trace?.segmentId};Sampled=1;Lineage=a:1`);
  });

  it('goes on as it came when it is not sampled, or only passed through', () => {
    const unsampled = HEADER.replace('Sampled=1', 'Sampled=0');
    expect(traceOf(unsampled, active)).toMatchObject({
      header: unsampled,
      sampled: false,
      isRecorded: false,
    });
    expect(traceOf(HEADER, passThrough)).toMatchObject({
      header: HEADER,
      segmentId: '53995c3f42cd8ad8',
      sampled: true,
      isRecorded: false,
    });
  });

  it('is none without a valid header', () => {
    expect(traceOf(undefined, active)).toBeUndefined();
    expect(traceOf('odd', passThrough)).toBeUndefined();
  });

  it('may be called by another segment', () => {
    expect(withParent(`Root=${ROOT};Sampled=1`, 'aaaaaaaaaaaaaaaa')).toBe(
      `Root=${ROOT};Parent=aaaaaaaaaaaaaaaa;Sampled=1`,
    );
  });
});
