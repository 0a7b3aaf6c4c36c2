import { AN_ORDER, ASSUMED } from './order-quantities.ts';

/** A default quota in eu-west-1, and how much of it so many orders a second use. */
interface Quota {
  name: string;
  limit: number;
  used(ordersPerSecond: number): number;
  source: string;
}

/** A synchronous request counts for a tenth of an execution environment at least. */
const SYNCHRONOUS_REQUESTS_PER_ENVIRONMENT = 10;
/** Lambda records two for each function of a trace. */
const SEGMENTS_PER_TRACE = 4;

const QUOTAS: Quota[] = [
  {
    name: 'Lambda: Concurrent executions',
    limit: 1_000,
    used: (rate) =>
      rate * Math.max(ASSUMED.creatorBilledMs / 1_000, 1 / SYNCHRONOUS_REQUESTS_PER_ENVIRONMENT) +
      (rate * ASSUMED.processorBilledMs) / 1_000,
    source: 'https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html',
  },
  {
    name: 'EventBridge: PutEvents throttle limit in transactions per second',
    limit: 10_000,
    used: (rate) => rate * AN_ORDER.events,
    source: 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html',
  },
  {
    name: 'EventBridge: Invocations throttle limit in transactions per second',
    limit: 18_750,
    used: (rate) => rate * AN_ORDER.events,
    source: 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html',
  },
  {
    name: 'DynamoDB: write request units a second of a new on-demand table',
    limit: 4_000,
    used: (rate) => rate * AN_ORDER.writeRequestUnits,
    source: 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/on-demand-capacity-mode.html',
  },
  {
    name: 'DynamoDB: table-level write throughput',
    limit: 40_000,
    used: (rate) => rate * AN_ORDER.writeRequestUnits,
    source: 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/on-demand-capacity-mode.html',
  },
  {
    name: 'X-Ray: Segments per second',
    limit: 2_600,
    used: (rate) => (1 + (rate - 1) * ASSUMED.tracedShare) * SEGMENTS_PER_TRACE,
    source: 'https://docs.aws.amazon.com/general/latest/gr/xray.html',
  },
];

/** Orders a second that the page speaks of. */
export const RATES = [100, 1_000, 10_000];

/** The use of each quota by each rate, as a Markdown table; in bold what is used up. */
export function quotaTable(): string {
  return [
    `| quota | default | ${RATES.map((rate) => `at ${whole(rate)}`).join(' | ')} |`,
    `|---|---:|${RATES.map(() => '---:').join('|')}|`,
    ...QUOTAS.map(({ name, limit, used, source }) => {
      const cells = RATES.map((rate) => emphasised(used(rate), limit));
      return `| [${name}](${source}) | ${whole(limit)} | ${cells.join(' | ')} |`;
    }),
  ].join('\n');
}

function emphasised(used: number, limit: number): string {
  return used >= limit ? `**${whole(used)}**` : whole(used);
}

function whole(value: number): string {
  return Math.ceil(value).toLocaleString('en-US');
}
