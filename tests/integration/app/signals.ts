import { type Answer, type Call, type NO_ANSWER, startAwsStandIn } from './aws-stand-in.ts';
import type { Bundle } from './bundle.ts';
import { comparableCall, comparableLine, comparableTraces } from './comparable.ts';
import { invoked } from './function-process.ts';
import { startTraceCollector } from './trace-collector.ts';

/** AWS's answers to each call, made afresh for each run: they may count. */
export type Aws = () => (call: Call) => Answer | typeof NO_ANSWER;

export interface Flow {
  events: unknown[];
  aws: Aws;
  variables?: Record<string, string | undefined>;
}

/**
 * All that a function sends while it handles some events, with what is never twice the same (ids, times) taken out: its
 * answers, its output, its calls with their headers, and its traces.
 */
export async function signalsOf(bundle: Bundle, { events, aws, variables }: Flow) {
  const endpoint = await startAwsStandIn(aws());
  const collector = await startTraceCollector();
  try {
    const environment = {
      STACK_NAME: 'a-stack',
      ORDERS_TABLE_NAME: 'orders',
      ORDER_BUS_NAME: 'bus',
      AWS_ENDPOINT_URL: endpoint.endpoint,
      AWS_XRAY_DAEMON_ADDRESS: collector.address,
      ...variables,
    };
    const { outcomes, lines } = await invoked(bundle.file, environment, events);
    const { traces, nameOf } = comparableTraces(await collector.allDocuments());
    return {
      outcomes: outcomes.map((outcome) => comparableLine(JSON.stringify(outcome))),
      lines: lines.map(comparableLine),
      // Of calls side by side, either may come first.
      calls: endpoint.calls.map((call) => JSON.stringify(comparableCall(call, nameOf))).sort(),
      traces,
    };
  } finally {
    collector.stop();
    await endpoint.stop();
  }
}
