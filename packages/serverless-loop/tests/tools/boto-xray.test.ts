import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type LoopUnderTest, runLoop } from '../loop-in-process.ts';
import { until } from '../until.ts';
import { type BotoCaller, botoCaller, findBoto } from './boto-caller.ts';
import { depotTemplate } from './depot.ts';

const python = await findBoto();

describe.runIf(python)('X-Ray as boto3 reads it', () => {
  let running: LoopUnderTest & { stop(): Promise<void> };
  let boto: BotoCaller;
  let traceId: string;
  const call = (operation: string, params?: Record<string, unknown>) =>
    boto.output('xray', operation, params);
  const refuse = (operation: string, params?: Record<string, unknown>) =>
    boto.refusal('xray', operation, params);
  const lastHour = () => ({ StartTime: Date.now() / 1000 - 3600, EndTime: Date.now() / 1000 + 5 });

  beforeAll(async () => {
    running = await runLoop(depotTemplate(afterAll));
    boto = botoCaller(python ?? '', running.loop.endpoint);
    const { functions } = running.loop.stack;
    const nameOf = (id: string) => functions.find(({ logicalId }) => logicalId === id)?.name;
    // An event without a box: the trace has faults and causes, too.
    await boto.output('lambda', 'Invoke', { FunctionName: nameOf('Shipper'), Payload: '{}' });
    await boto.output('lambda', 'Invoke', {
      FunctionName: nameOf('Packer'),
      Payload: JSON.stringify({ box: 'small' }),
    });
    traceId = await until(
      async () => {
        const { TraceSummaries } = await call('GetTraceSummaries', {
          ...lastHour(),
          FilterExpression: 'fault',
        });
        return Array.isArray(TraceSummaries) ? TraceSummaries[0]?.Id : undefined;
      },
      (id) => id !== undefined,
    );
  });
  afterAll(async () => {
    boto.stop();
    await running.stop();
  });

  test('summaries, whole traces and graphs', async () => {
    const types = ['TraceId', 'Event', 'Service'];
    for (const TimeRangeType of types) {
      expect(await call('GetTraceSummaries', { ...lastHour(), TimeRangeType })).toHaveProperty(
        'TraceSummaries',
      );
    }
    expect(await call('BatchGetTraces', { TraceIds: [traceId] })).toMatchObject({
      Traces: [{ Id: traceId }],
    });
    expect(await call('GetTraceGraph', { TraceIds: [traceId] })).toMatchObject({
      Services: [{ Root: true, Type: 'AWS::Lambda' }, {}, { Type: 'client' }],
    });
    expect(await call('GetServiceGraph', lastHour())).toHaveProperty('Services');
  });

  test('segments and telemetry that a daemon sends, and the sampling rules that an SDK asks for', async () => {
    const now = Date.now() / 1000;
    const document = {
      id: 'aaaaaaaaaaaaaaaa',
      trace_id: `1-${Math.floor(now).toString(16)}-000000000000000000000000`,
      name: 'daemon',
      start_time: now,
      end_time: now + 1,
    };
    expect(
      await call('PutTraceSegments', { TraceSegmentDocuments: [JSON.stringify(document), '{"id":"x"}'] }),
    ).toEqual({
      UnprocessedTraceSegments: [
        { Id: 'x', ErrorCode: 'InvalidId', Message: 'Invalid segment. ErrorCode: InvalidId' },
      ],
    });
    expect(
      await call('GetTraceSummaries', { ...lastHour(), FilterExpression: 'service("daemon")' }),
    ).toMatchObject({ TraceSummaries: [{ Id: document.trace_id, EntryPoint: { Name: 'daemon' } }] });
    await call('PutTelemetryRecords', { TelemetryRecords: [{ Timestamp: now, SegmentsSentCount: 1 }] });
    expect(await call('GetSamplingRules')).toMatchObject({
      SamplingRuleRecords: [{ SamplingRule: { RuleName: 'Default', FixedRate: 1 } }],
    });
    const statistics = (RuleName: string) => ({
      RuleName,
      ClientID: '0123456789abcdef01234567',
      Timestamp: now,
      RequestCount: 1,
      SampledCount: 1,
    });
    expect(
      await call('GetSamplingTargets', {
        SamplingStatisticsDocuments: [statistics('Default'), statistics('Other')],
      }),
    ).toMatchObject({
      SamplingTargetDocuments: [{ RuleName: 'Default', FixedRate: 1 }],
      UnprocessedStatistics: [{ RuleName: 'Other' }],
    });
  });

  test('every error is one of its operation or a common one', async () => {
    for (const [operation, params] of [
      ['GetTraceSummaries', {}],
      ['GetTraceSummaries', { ...lastHour(), FilterExpression: 'falt' }],
      ['GetTraceSummaries', { ...lastHour(), NextToken: 'odd' }],
      ['BatchGetTraces', { TraceIds: [] }],
      ['GetTraceGraph', { TraceIds: ['1', '2', '3', '4', '5', '6'] }],
      ['GetServiceGraph', { ...lastHour(), GroupName: 'mine' }],
      ['PutTraceSegments', {}],
      ['GetSamplingTargets', {}],
      ['PutTelemetryRecords', {}],
    ] as const) {
      expect(await refuse(operation, params), operation).toMatchObject({
        code: 'InvalidRequestException',
        status: 400,
      });
    }
    expect(await refuse('GetGroups')).toMatchObject({ code: 'UnknownOperationException' });
  });

  test('all that is emulated was called', async () => {
    const emulated = await boto.emulated('xray');
    expect(emulated.map((operation) => `xray.${operation}`).sort()).toEqual(
      [...boto.answered].filter((name) => name.startsWith('xray.')).sort(),
    );
  });
});
