import { describe, expect, test } from 'vitest';
import { loopUnderTest, projectFolder } from '../../loop-in-process.ts';
import { id, segment } from '../../unit/xray/documents.ts';
import { xrayClient } from './xray-client.ts';

/** A loop without functions, and its X-Ray. */
async function xrayOfLoop() {
  const folder = projectFolder({ 'template.yaml': 'Resources: {Queue: {Type: AWS::SQS::Queue}}' });
  const { loop } = await loopUnderTest(`${folder}/template.yaml`);
  const xray = xrayClient(loop);
  const put = (...documents: object[]) =>
    xray.call('/TraceSegments', {
      TraceSegmentDocuments: documents.map((document) => JSON.stringify(document)),
    });
  return { ...xray, put };
}

/** The id of the trace that began in such a second. */
function traceIdAt(second: number, digit = '0'): string {
  return `1-${second.toString(16).padStart(8, '0')}-${digit.repeat(24)}`;
}

function at(second: number, changes: Record<string, unknown> = {}): Record<string, unknown> {
  return segment({ trace_id: traceIdAt(second), start_time: second, end_time: second + 0.5, ...changes });
}

const ids = (body: Record<string, unknown>) =>
  Array.isArray(body.TraceSummaries) ? body.TraceSummaries.map(({ Id }) => Id) : [];

describe('PutTraceSegments', () => {
  // https://docs.aws.amazon.com/xray/latest/api/API_PutTraceSegments.html, UnprocessedTraceSegments
  test('keeps good documents, and says of each other one what it lacks', async () => {
    const { put, summaries, call } = await xrayOfLoop();
    const now = Math.floor(Date.now() / 1000);
    const { status, body } = await put(
      at(now),
      at(now, { id: undefined }),
      at(now, { id: 'short' }),
      at(now, { trace_id: undefined }),
      at(now, { trace_id: '1-2-3' }),
      at(now, { name: '' }),
      at(now, { start_time: 'now' }),
      at(now, { end_time: undefined }),
      at(now, { type: 'subsegment' }),
      at(now, { metadata: 'x'.repeat(65_536) }),
      [1],
    );
    expect(status).toBe(200);
    expect(body.UnprocessedTraceSegments).toMatchObject([
      { ErrorCode: 'MissingId', Message: 'Invalid segment. ErrorCode: MissingId' },
      { Id: 'short', ErrorCode: 'InvalidId' },
      { ErrorCode: 'MissingTraceId' },
      { ErrorCode: 'InvalidTraceId' },
      { ErrorCode: 'InvalidName' },
      { ErrorCode: 'InvalidStartTime' },
      { ErrorCode: 'InvalidEndTime' },
      { ErrorCode: 'InvalidParentId' },
      { ErrorCode: 'SizeLimitExceeded' },
      { ErrorCode: 'ParseError' },
    ]);
    expect((await summaries()).map(({ Id, Revision }) => [Id, Revision])).toEqual([[traceIdAt(now), 1]]);
    expect((await call('/TraceSegments', {})).body).toMatchObject({
      Message: 'Missing required parameter: TraceSegmentDocuments',
    });
  });
});

describe('GetTraceSummaries', () => {
  // https://docs.aws.amazon.com/xray/latest/api/API_GetTraceSummaries.html, TimeRangeType
  test('finds traces by the time in their id, or of their segments', async () => {
    const { put, call } = await xrayOfLoop();
    await put(at(1_000), at(2_000), at(2_000, { id: id('b'), start_time: 3_000, end_time: 3_001 }));
    const found = async (StartTime: number, EndTime: number, TimeRangeType?: string) =>
      ids(
        (await call('/TraceSummaries', { StartTime, EndTime, ...(TimeRangeType && { TimeRangeType }) })).body,
      );

    expect(await found(1_000.5, 1_999)).toEqual([traceIdAt(1_000)]);
    expect(await found(2_500, 3_500)).toEqual([]);
    expect(await found(2_500, 3_500, 'Event')).toEqual([traceIdAt(2_000)]);
    expect(await found(2_500, 3_500, 'Service')).toEqual([traceIdAt(2_000)]);
    expect(await found(0, 9_000)).toEqual([traceIdAt(1_000), traceIdAt(2_000)]);
    expect(await found(9_000, 0)).toEqual([]);
  });

  test('tells times to the microsecond, as they came', async () => {
    const { put, call } = await xrayOfLoop();
    const times = [5, 56, 66, 117, 999_999].map((fraction) => 1_764_316_800 + fraction / 1e6);
    for (const [index, time] of times.entries())
      await put(at(1_764_316_800, { trace_id: traceIdAt(1_764_316_800, String(index)), start_time: time }));
    const range = { StartTime: times[0], EndTime: times.at(-1) };
    const { body } = await call('/TraceSummaries', range);
    expect(body.TraceSummaries).toMatchObject(times.map((StartTime) => ({ StartTime })));
    expect((await call('/ServiceGraph', range)).body).toMatchObject({ ...range, Services: [{}, {}] });
  });

  test('gives pages, which a trace that comes meanwhile doesn’t move, and takes no token of another question', async () => {
    const { put, call } = await xrayOfLoop();
    await put(...Array.from({ length: 250 }, (_, index) => at(1_000 + index)));
    const question = { StartTime: 0, EndTime: 9_000 };
    const seen: unknown[] = [];
    let NextToken: unknown;
    do {
      const { body } = await call('/TraceSummaries', {
        ...question,
        ...(NextToken !== undefined && { NextToken }),
      });
      expect(body.TracesProcessedCount).toBeGreaterThanOrEqual(250);
      seen.push(...ids(body));
      NextToken = body.NextToken;
      await put(at(500));
    } while (NextToken !== undefined && seen.length < 1_000);
    expect(seen).toEqual(Array.from({ length: 250 }, (_, index) => traceIdAt(1_000 + index)));

    const { body: first } = await call('/TraceSummaries', question);
    for (const [token, more] of [
      [first.NextToken, { FilterExpression: 'ok' }],
      ['bm8', {}],
      ['', {}],
    ]) {
      const { status, body } = await call('/TraceSummaries', {
        ...question,
        ...Object(more),
        NextToken: token,
      });
      expect(status).toBe(400);
      expect(body).toMatchObject({ Message: expect.stringContaining('Invalid NextToken') });
    }
  });

  test('refuses what is no question, in words that say what is wrong', async () => {
    const { call } = await xrayOfLoop();
    const range = { StartTime: 0, EndTime: 1 };
    for (const [input, words] of [
      [{}, 'Missing required parameter: StartTime'],
      [{ StartTime: 'now', EndTime: 1 }, 'StartTime must be a time in epoch seconds, found "now"'],
      [
        { ...range, TimeRangeType: 'Start' },
        'TimeRangeType must be one of TraceId, Event, Service, found Start',
      ],
      [{ ...range, FilterExpression: 7 }, 'FilterExpression must be a string, found 7'],
      [{ ...range, FilterExpression: 'falt' }, 'Invalid filter expression at position 0'],
      [[], 'The request body must be a JSON object: it is another kind of value'],
    ] as const) {
      const { status, body } = await call('/TraceSummaries', input);
      expect(status).toBe(400);
      // Nothing but the message (X-Ray API reference, InvalidRequestException).
      expect(body).toEqual({ Message: expect.stringContaining(words) });
    }
  });
});

describe('BatchGetTraces and GetTraceGraph', () => {
  // https://docs.aws.amazon.com/xray/latest/api/API_BatchGetTraces.html, TraceIds
  test('give what there is of up to five traces', async () => {
    const { put, call } = await xrayOfLoop();
    await put(at(1_000), at(2_000));
    const TraceIds = [traceIdAt(2_000), traceIdAt(1_000), traceIdAt(3_000), 'odd', traceIdAt(2_000)];
    const { body } = await call('/Traces', { TraceIds });
    expect(body).toMatchObject({
      Traces: [
        { Id: traceIdAt(2_000), Duration: 0.5, LimitExceeded: false, Segments: [{ Id: id('a') }] },
        { Id: traceIdAt(1_000) },
      ],
      UnprocessedTraceIds: [],
    });
    const { body: graph } = await call('/TraceGraph', { TraceIds });
    expect(graph).toMatchObject({
      Services: [{ Name: 'packer', SummaryStatistics: { TotalCount: 2 } }, { Type: 'client' }],
    });
    for (const path of ['/Traces', '/TraceGraph']) {
      for (const wrong of [
        {},
        { TraceIds: [] },
        { TraceIds: 'odd' },
        { TraceIds: ['1', '2', '3', '4', '5', '6'] },
      ]) {
        expect((await call(path, wrong)).status).toBe(400);
      }
    }
  });
});

test.each([
  ['/Traces', {}, 'Missing required parameter: TraceIds'],
  ['/Traces', { TraceIds: [] }, 'TraceIds must not be empty'],
  ['/Traces', { TraceIds: 'odd' }, 'TraceIds must be a list of strings, found "odd"'],
  ['/Traces', { TraceIds: ['odd', 7] }, 'TraceIds must be a list of strings, found [a list]'],
  ['/TraceGraph', { TraceIds: Array(6).fill('odd') }, 'TraceIds must have at most 5 items, found 6'],
  ['/TelemetryRecords', { TelemetryRecords: 7 }, 'TelemetryRecords must be a list of objects, found 7'],
  [
    '/SamplingTargets',
    { SamplingStatisticsDocuments: [{}] },
    'Missing required parameter: SamplingStatisticsDocuments.RuleName',
  ],
  [
    '/SamplingTargets',
    { SamplingStatisticsDocuments: [{ RuleName: 'Default', ClientID: 'c', Timestamp: 1, RequestCount: 1 }] },
    'Missing required parameter: SamplingStatisticsDocuments.SampledCount',
  ],
  [
    '/ServiceGraph',
    { StartTime: 0, EndTime: 1, GroupName: 'mine' },
    'GroupName: the loop has no group but Default, found mine',
  ],
])('%s refuses %j', async (path, input, Message) => {
  const { call } = await xrayOfLoop();
  expect(await call(path, input)).toEqual({ status: 400, body: { Message } });
});

test('the service graph is of its time, and the same while nothing comes', async () => {
  const { put, call } = await xrayOfLoop();
  await put(at(1_000), at(2_000));
  const graph = async (StartTime: number, EndTime: number) =>
    (await call('/ServiceGraph', { StartTime, EndTime })).body;
  const first = await graph(0, 1_500);
  expect(first).toMatchObject({
    StartTime: 0,
    EndTime: 1_000.5,
    Services: [{ Name: 'packer', SummaryStatistics: { TotalCount: 1 } }, { Type: 'client' }],
  });
  expect(await graph(0, 1_600)).toEqual(first);
  expect(await graph(5_000, 4_000)).toMatchObject({ Services: [] });
});
