import type { ServiceContract } from '../contract.ts';

const INVALID = 'InvalidRequestException';

export const XRAY_CONTRACT: ServiceContract = {
  title: 'X-Ray',
  service: 'xray',
  async good(go) {
    const seconds = Math.floor(Date.now() / 1000);
    const TraceIds = ['a', 'b'].map((letter) => `1-${seconds.toString(16)}-${letter.repeat(24)}`);
    const segments = TraceIds.map((trace_id, at) =>
      JSON.stringify({
        ...{ id: `${at}`.repeat(16), trace_id, name: 'contract' },
        ...{ start_time: seconds + at / 10, end_time: seconds + 1 },
      }),
    );
    await go('PutTraceSegments', { TraceSegmentDocuments: segments });
    const span = { StartTime: new Date((seconds - 60) * 1000), EndTime: new Date((seconds + 60) * 1000) };
    await go('GetTraceSummaries', { ...span, FilterExpression: 'service("contract")' });
    await go('BatchGetTraces', { TraceIds });
    await go('GetTraceGraph', { TraceIds });
    await go('GetServiceGraph', span);
    const Timestamp = new Date(seconds * 1000);
    await go('PutTelemetryRecords', { TelemetryRecords: [{ Timestamp, SegmentsSentCount: 1 }] });
    await go('GetSamplingRules');
    const counts = { RequestCount: 1, SampledCount: 1 };
    const ClientID = '0123456789abcdef01234567';
    await go('GetSamplingTargets', {
      SamplingStatisticsDocuments: [{ RuleName: 'Default', ClientID, Timestamp, ...counts }],
    });
  },
  nowhere: {},
  missing: INVALID,
  neverRefused: ['GetSamplingRules'],
  refused: [
    ['PutTraceSegments', {}, INVALID],
    ['GetTraceSummaries', {}, INVALID],
    ['BatchGetTraces', { TraceIds: [] }, INVALID],
    ['GetTraceGraph', { TraceIds: ['1', '2', '3', '4', '5', '6'] }, INVALID],
    ['GetServiceGraph', {}, INVALID],
    ['PutTelemetryRecords', {}, INVALID],
    ['GetSamplingTargets', {}, INVALID],
  ],
};
