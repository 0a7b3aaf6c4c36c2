import { describe, expect, it } from 'vitest';
import { inferredSegmentId } from '../../../src/aws/trace-header.ts';
import { serviceGraph } from '../../../src/services/xray/graph/graph.ts';
import { renderSegment } from '../../../src/services/xray/trace/segment.ts';
import { summaryOf } from '../../../src/services/xray/trace/summary.ts';
import { onlyInMatrix } from '../../matrix.ts';
import { id, place, START, segment, subsegment, TRACE_ID, traceOf } from './documents.ts';

const names = (segments: { name: string }[]) => segments.map(({ name }) => name);

describe('a trace put together from its documents', () => {
  // https://docs.aws.amazon.com/xray/latest/devguide/xray-api-segmentdocuments.html: independent subsegments by trace_id and parent_id
  it('has subsegments where they belong, whatever came first, and keeps what they hold', () => {
    const trace = traceOf(
      subsegment({ id: id('c'), name: 'crease', parent_id: id('b'), metadata: { default: { deep: [1] } } }),
      subsegment({ annotations: { box: 7 } }),
      segment(),
    );
    expect(trace.segments.map(renderSegment)).toEqual([
      {
        ...segment(),
        subsegments: [
          {
            id: id('b'),
            name: 'fold',
            start_time: START,
            end_time: START + 0.5,
            annotations: { box: 7 },
            subsegments: [
              {
                id: id('c'),
                name: 'crease',
                start_time: START,
                end_time: START + 0.5,
                metadata: { default: { deep: [1] } },
              },
            ],
          },
        ],
      },
    ]);
    expect(trace.revision).toBe(3);
  });

  it('keeps links, causes and whatever else a segment says of itself', () => {
    const links = [
      { trace_id: TRACE_ID, id: id('f'), attributes: { 'aws.xray.reserved.reference_type': 'parent' } },
    ];
    const cause = { exceptions: [{ id: id('9'), message: 'no tape' }] };
    const [whole] = traceOf(segment({ links, cause, own: true })).segments;
    expect(whole && renderSegment(whole)).toEqual(segment({ links, cause, own: true }));
  });

  it('shows a subsegment whose segment never came on its own', () => {
    expect(names(traceOf(subsegment({ parent_id: id('9') })).segments)).toEqual(['fold']);
  });

  it('is partial while something in it is in progress, and no longer when that came whole', () => {
    const begun = segment({ end_time: undefined, in_progress: true });
    expect(traceOf(begun).isPartial).toBe(true);
    expect(traceOf(begun, segment()).isPartial).toBe(false);
    expect(traceOf(segment(), begun).isPartial).toBe(false);
    expect(traceOf(segment({ end_time: START + 1 }), segment({ end_time: START + 2 })).endTime).toBe(
      START + 2,
    );
  });

  it('leaves out what is no segment', () => {
    expect(
      names(traceOf('no JSON', '[]', '{}', '{"id":7,"name":"x","start_time":1}', segment()).segments),
    ).toEqual(['packer']);
  });

  it('begins with the segment that nothing in it called', () => {
    const called = segment({ id: id('d'), name: 'called', parent_id: id('a'), start_time: START - 1 });
    const trace = traceOf(called, segment({ parent_id: id('9') }));
    expect(trace.root.name).toBe('packer');
    expect(trace.startTime).toBe(START - 1);
  });

  onlyInMatrix(() => {
    it('may have more parts than a call has room for arguments', () => {
      const parts = (from: number) =>
        Array.from({ length: 1_000 }, (_, index) => ({
          id: (from + index).toString(16).padStart(16, '0'),
          name: 'part',
          start_time: START,
          end_time: START + from + index,
        }));
      const bundles = Array.from({ length: 130 }, (_, index) =>
        subsegment({
          id: `f${index.toString(16).padStart(15, '0')}`,
          end_time: START,
          subsegments: parts(index * 1_000),
        }),
      );
      expect(traceOf(segment(), ...bundles).endTime).toBe(START + 129_999);
    });
  });

  it('survives segments that call each other, and subsegments within themselves', () => {
    const one = segment({ parent_id: id('d') });
    const other = segment({ id: id('d'), name: 'other', parent_id: id('a') });
    expect(names(traceOf(one, other).segments).sort()).toEqual(['other', 'packer']);
    expect(names(traceOf(subsegment({ parent_id: id('b') })).segments)).toEqual(['fold']);
    const inner = { id: id('c'), name: 'crease', start_time: START, end_time: START };
    expect(names(traceOf(subsegment({ parent_id: id('c'), subsegments: [inner] })).segments)).toEqual([
      'fold',
    ]);
    const circle = [subsegment({ parent_id: id('c') }), subsegment({ id: id('c'), parent_id: id('b') })];
    expect(names(traceOf(...circle).segments)).toEqual(['fold', 'fold']);
  });

  it('may be of events that go round and round: a chain of thousands', () => {
    const link = (index: number) => index.toString(16).padStart(16, '0');
    const chain = (changes: object) =>
      Array.from({ length: 10_000 }, (_, index) =>
        segment({ id: link(index), parent_id: link(index - 1), fault: true, ...changes }),
      );
    const calls = traceOf(...chain({}).reverse());
    expect(calls.root.id).toBe(link(0));
    expect(calls.segments.map((each) => each.id)).toEqual(chain({}).map((each) => each.id));
    expect(JSON.stringify(summaryOf(calls, place)).length).toBeGreaterThan(10_000);
    expect(serviceGraph([calls], place)).toHaveLength(2);

    const nested = traceOf(...chain({ type: 'subsegment' }));
    expect(
      nested.segments
        .map(renderSegment)
        .map((document) => JSON.stringify(document))
        .join().length,
    ).toBeGreaterThan(10_000);
    const deep = Array.from({ length: 1_000 }).reduce<object>(
      (inner) => ({ id: id('c'), name: 'deep', start_time: START, end_time: START, subsegments: [inner] }),
      {},
    );
    expect(traceOf(segment({ subsegments: [deep] })).isPartial).toBe(false);
  });
});

describe('the segments that are inferred', () => {
  const put = subsegment({
    name: 'DynamoDB',
    namespace: 'aws',
    aws: { operation: 'PutItem', table_name: 'boxes' },
    http: { response: { status: 400 } },
    error: true,
  });

  it('stand for the called services that sent none', () => {
    const [, inferred] = traceOf(segment(), put).segments;
    expect(inferred && renderSegment(inferred)).toEqual({
      id: inferredSegmentId(id('b')),
      name: 'DynamoDB',
      start_time: START,
      trace_id: TRACE_ID,
      end_time: START + 0.5,
      parent_id: id('b'),
      inferred: true,
      error: true,
      http: { response: { status: 400 } },
      aws: { operation: 'PutItem', table_name: 'boxes', resource_names: ['boxes'] },
      origin: 'AWS::DynamoDB::Table',
    });
  });

  it('are the bus under the name that AWS gives it, however the SDK calls its client', () => {
    for (const name of ['EventBridge', 'Events']) {
      const [, bus] = traceOf(segment(), subsegment({ name, namespace: 'aws' })).segments;
      expect(bus).toMatchObject({ name: 'Events', origin: 'AWS::Events', isInferred: true });
    }
  });

  it('are none where the called service sent its own', () => {
    const invoke = subsegment({ name: 'Lambda', namespace: 'aws' });
    const called = segment({ id: id('d'), name: 'called', parent_id: id('b'), origin: 'AWS::Lambda' });
    expect(names(traceOf(segment(), invoke, called).segments)).toEqual(['packer', 'called']);
  });

  it('are also for calls by HTTP, and none for the function’s own parts', () => {
    const trace = traceOf(
      segment(),
      subsegment(),
      subsegment({ id: id('c'), name: 'example.com', namespace: 'remote' }),
    );
    expect(names(trace.segments)).toEqual(['packer', 'example.com']);
    expect(trace.segments[1]?.origin).toBeUndefined();
  });
});
