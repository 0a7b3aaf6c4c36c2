import { integer, list, number, required, structure, text, timestamp } from '../../../aws/members.ts';
import { invalid } from '../errors.ts';
import type { MapRun, RunCounts } from '../interpreter/map-run.ts';
import { listed, operation } from './context.ts';
import { ARN, EXECUTION_TIMES, LONG_ARN, PAGED } from './shapes.ts';

const COUNTS = structure({
  pending: integer(),
  running: integer(),
  succeeded: integer(),
  failed: integer(),
  timedOut: integer(),
  aborted: integer(),
  total: integer(),
  resultsWritten: integer(),
  failuresNotRedrivable: integer(),
  pendingRedrive: integer(),
});

const LIMITS = {
  maxConcurrency: integer({ min: 0 }),
  toleratedFailurePercentage: number({ min: 0, max: 100 }),
  toleratedFailureCount: integer({ min: 0 }),
} as const;

const RUN = required(LONG_ARN);

export const MAP_RUN_OPERATIONS = {
  ListMapRuns: operation({
    input: { executionArn: required(ARN), ...PAGED },
    output: {
      mapRuns: list(
        structure({
          executionArn: ARN,
          mapRunArn: LONG_ARN,
          stateMachineArn: ARN,
          ...EXECUTION_TIMES,
        }),
      ),
      nextToken: text(),
    },
    needs: ({ executionArn = '*' }) => [executionArn],
    handle(input, { executions, mapRuns }) {
      const { names } = executions.get(input.executionArn).execution;
      const runs = mapRuns.list().filter(({ executionArn }) => executionArn === names.arn);
      const order = { keyOf: ({ arn, startedMs }: MapRun) => `${startedMs} ${arn}`, descending: true };
      const { items, nextToken } = listed('ListMapRuns', runs, input, order);
      const views = items.map(({ arn, executionArn, machineArn, startedMs, stoppedMs }) => ({
        executionArn,
        mapRunArn: arn,
        stateMachineArn: machineArn,
        startDate: startedMs,
        stopDate: stoppedMs,
      }));
      return { mapRuns: views, nextToken };
    },
  }),
  DescribeMapRun: operation({
    input: { mapRunArn: RUN },
    output: {
      mapRunArn: LONG_ARN,
      executionArn: ARN,
      status: text(),
      ...EXECUTION_TIMES,
      ...LIMITS,
      itemCounts: COUNTS,
      executionCounts: COUNTS,
      redriveCount: integer(),
      redriveDate: timestamp(),
    },
    needs: ({ mapRunArn = '*' }) => [mapRunArn],
    handle({ mapRunArn }, { mapRuns }) {
      const run = mapRuns.get(mapRunArn);
      const { maxConcurrency, toleratedFailureCount, toleratedFailurePercentage } = run;
      return {
        mapRunArn,
        executionArn: run.executionArn,
        status: run.status,
        startDate: run.startedMs,
        stopDate: run.stoppedMs,
        maxConcurrency,
        toleratedFailureCount,
        toleratedFailurePercentage,
        itemCounts: countsView(run.items),
        executionCounts: countsView(run.executions),
      };
    },
  }),
  UpdateMapRun: operation({
    input: { mapRunArn: RUN, ...LIMITS },
    output: {},
    needs: ({ mapRunArn = '*' }) => [mapRunArn],
    handle({ mapRunArn, ...limits }, { mapRuns }) {
      const run = mapRuns.get(mapRunArn);
      if (run.status !== 'RUNNING') throw invalid('Map Run has already completed.');
      Object.assign(run, limits);
      return {};
    },
  }),
};

/** A result is written once an execution has succeeded (LocalStack's record "test_list_map_runs_and_describe_map_run" of AWS). */
function countsView(counts: RunCounts) {
  return { ...counts, resultsWritten: counts.succeeded };
}
