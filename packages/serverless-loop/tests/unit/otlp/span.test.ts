import { describe, expect, it } from 'vitest';
import { inferredSegmentId } from '../../../src/aws/trace-header.ts';
import { spansOf } from '../../../src/otlp/span.ts';
import { valuesOf } from '../../integration/otlp/collector.ts';
import { id, START, segment, subsegment } from '../xray/documents.ts';

describe('a segment as spans', () => {
  it('has ids as W3C trace context has them, and times in nanoseconds', () => {
    const [span] = spansOf(segment({ parent_id: id('9'), end_time: START + 0.000123 }));
    expect(span).toMatchObject({
      traceId: '6925a0c80123456789abcdef01234567',
      spanId: id('a'),
      parentSpanId: id('9'),
      startTimeUnixNano: `${START}000000000`,
      endTimeUnixNano: `${START}000123000`,
    });
  });

  it('is one for each subsegment, under its own', () => {
    const inner = { id: id('c'), name: 'crease', start_time: START, end_time: START };
    const fold = { id: id('b'), name: 'fold', start_time: START, end_time: START, subsegments: [inner] };
    const spans = spansOf(segment({ origin: 'AWS::Lambda::Function', subsegments: [fold] }));
    expect(spans.map(({ name, parentSpanId, kind }) => [name, parentSpanId, kind])).toEqual([
      ['packer', undefined, 2],
      ['fold', id('a'), 1],
      ['crease', id('b'), 1],
    ]);
  });

  it('has its annotations under their keys and what else it says in OpenTelemetry’s words', () => {
    const [span] = spansOf(
      subsegment({
        name: 'DynamoDB',
        namespace: 'aws',
        annotations: { box: 7, weight: 1.5, fragile: true, shelf: 'A' },
        metadata: { default: { deep: [1] } },
        aws: { operation: 'PutItem', table_name: 'boxes', request_id: 'r-1', region: 'eu-west-1' },
        http: { response: { status: 400 } },
        error: true,
      }),
    );
    expect(span).toMatchObject({ name: 'DynamoDB/PutItem', kind: 3, status: { code: 2 } });
    expect(valuesOf(span?.attributes ?? [])).toEqual({
      box: 7,
      weight: 1.5,
      fragile: true,
      shelf: 'A',
      'aws.xray.metadata.default': '{"deep":[1]}',
      'rpc.system': 'aws-api',
      'rpc.service': 'DynamoDB',
      'rpc.method': 'PutItem',
      'aws.request_id': 'r-1',
      'cloud.region': 'eu-west-1',
      'db.system.name': 'aws.dynamodb',
      'db.operation.name': 'PutItem',
      'aws.dynamodb.table_names': { values: [{ stringValue: 'boxes' }] },
      'http.response.status_code': 400,
      'error.type': 400,
    });
  });

  it('tells a function’s failure as an exception', () => {
    const exception = {
      id: id('9'),
      type: 'TapeEmpty',
      message: 'no tape',
      stack: [{ path: 'a.js', line: 1, label: 'pack' }],
    };
    const [span] = spansOf(segment({ fault: true, cause: { exceptions: [exception] } }));
    expect(span?.status).toEqual({ code: 2, message: 'no tape' });
    expect(span?.events.map(({ name, attributes }) => [name, valuesOf(attributes)])).toEqual([
      [
        'exception',
        {
          'exception.type': 'TapeEmpty',
          'exception.message': 'no tape',
          'exception.stacktrace': '    at pack (a.js:1)',
        },
      ],
    ]);
  });

  it('has the bus under a publishing call, so that what it started is not cut off', () => {
    const spans = spansOf(
      subsegment({ name: 'EventBridge', namespace: 'aws', aws: { operation: 'PutEvents' } }),
    );
    expect(spans.map(({ name, spanId, parentSpanId }) => [name, spanId, parentSpanId])).toEqual([
      ['EventBridge/PutEvents', id('b'), id('a')],
      ['Events', inferredSegmentId(id('b')), id('b')],
    ]);
  });

  it('keeps links to other traces', () => {
    const links = [
      { trace_id: '1-6925a0c9-0123456789abcdef01234567', id: id('f'), attributes: { kind: 'parent' } },
    ];
    const [span] = spansOf(segment({ links }));
    expect(span?.links).toMatchObject([{ traceId: '6925a0c90123456789abcdef01234567', spanId: id('f') }]);
  });

  it('is none while it is in progress, or without ids that fit', () => {
    expect(spansOf(segment({ end_time: undefined, in_progress: true }))).toEqual([]);
    expect(spansOf(segment({ trace_id: '1-2-3' }))).toEqual([]);
    expect(spansOf(segment({ id: 'short' }))).toEqual([]);
  });
});
