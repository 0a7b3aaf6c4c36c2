import { describe, expect, it } from 'vitest';
import { traceOf } from '../../../local/lambda/trace.ts';

const NOW = Date.parse('2026-11-23T09:30:00Z');
const HEADER = 'Root=1-6925a0c8-0123456789abcdef01234567;Parent=53995c3f42cd8ad8;Sampled=1';

describe('the trace of an invocation', () => {
  it('has the ids of the header it came with', () => {
    expect(traceOf(HEADER, 'PassThrough', NOW)).toEqual({
      header: HEADER,
      traceId: '1-6925a0c8-0123456789abcdef01234567',
      segmentId: '53995c3f42cd8ad8',
      sampled: true,
    });
  });

  it('is none without a header, unless tracing is active', () => {
    expect(traceOf(undefined, 'PassThrough', NOW)).toBeUndefined();
  });

  it('starts at active tracing, with the time in its root', () => {
    const trace = traceOf(undefined, 'Active', NOW);
    expect(trace?.header).toMatch(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=1$/);
    expect(Number.parseInt(trace?.traceId.split('-')[1] ?? '', 16)).toBe(NOW / 1000);
  });

  it('keeps its root and is sampled where the header left the decision open', () => {
    const trace = traceOf('Root=1-6925a0c8-0123456789abcdef01234567', 'Active', NOW);
    expect(trace).toMatchObject({ traceId: '1-6925a0c8-0123456789abcdef01234567', sampled: true });
    expect(trace?.header).toContain('Sampled=1');
  });

  it('stays unsampled when the header says so, and keeps fields it does not know', () => {
    const header = `${HEADER.replace('Sampled=1', 'Sampled=0')};Lineage=a:1`;
    expect(traceOf(header, 'Active', NOW)).toMatchObject({ header, sampled: false });
  });
});
