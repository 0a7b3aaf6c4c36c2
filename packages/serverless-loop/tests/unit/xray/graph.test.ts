import { describe, expect, it } from 'vitest';
import { serviceGraph } from '../../../src/services/xray/graph/graph.ts';
import { id, place, START, segment, subsegment, traceOf } from './documents.ts';

const service = segment({ origin: 'AWS::Lambda' });
const run = segment({ id: id('d'), origin: 'AWS::Lambda::Function', parent_id: id('a') });
const put = subsegment({
  parent_id: id('d'),
  name: 'DynamoDB',
  namespace: 'aws',
  aws: { table_name: 'boxes' },
  end_time: START + 0.25,
});

describe('a service graph', () => {
  it('has each service once, with those it called, and a client before the entry', () => {
    const graph = serviceGraph([traceOf(service, run, put)], place);
    expect(
      graph.map(({ ReferenceId, Name, Type, Root, State }) => [ReferenceId, Name, Type, Root, State]),
    ).toEqual([
      [0, 'packer', 'AWS::Lambda', true, 'active'],
      [1, 'packer', 'AWS::Lambda::Function', false, 'active'],
      [2, 'boxes', 'AWS::DynamoDB::Table', false, 'unknown'],
      [3, 'packer', 'client', undefined, 'unknown'],
    ]);
    expect(graph.map(({ Edges }) => Edges)).toMatchObject([
      [{ ReferenceId: 1 }],
      [{ ReferenceId: 2, SummaryStatistics: { TotalCount: 1 } }],
      [],
      [{ ReferenceId: 0 }],
    ]);
  });

  it('counts how calls went: a throttle is an error, a fault is none', () => {
    const outcomes = [{}, { error: true }, { error: true, throttle: true }, { fault: true, error: true }];
    const traces = outcomes.map((outcome) => traceOf({ ...service, ...outcome }));
    const [node] = serviceGraph(traces, place);
    expect(node).toMatchObject({
      SummaryStatistics: {
        OkCount: 1,
        ErrorStatistics: { ThrottleCount: 1, OtherCount: 1, TotalCount: 2 },
        FaultStatistics: { OtherCount: 1, TotalCount: 1 },
        TotalCount: 4,
        TotalResponseTime: 2,
      },
      ResponseTimeHistogram: [{ Value: 0.5, Count: 4 }],
      StartTime: START * 1_000,
      EndTime: (START + 0.5) * 1_000,
    });
  });

  it('is the same to the byte for the same traces, in whatever order their documents came', () => {
    const one = serviceGraph([traceOf(service, run, put)], place);
    const other = serviceGraph([traceOf(put, run, service)], place);
    expect(JSON.stringify(other)).toBe(JSON.stringify(one));
  });

  it('is empty without traces', () => {
    expect(serviceGraph([], place)).toEqual([]);
  });
});
