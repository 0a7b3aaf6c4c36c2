import { AN_ORDER, ASSUMED } from './order-quantities.ts';
import { PRICES, type Price, type Priced } from './prices.ts';

export interface CostLine {
  what: string;
  priced: Priced;
  /** Units that all orders use. */
  units: number;
  usd: number;
}

const BYTES_A_GB = 1024 ** 3;

/** The cost of so many ordinary orders, line by line. `memoryGb` is that of each function. */
export function costOf(orders: number, memoryGb: number): CostLine[] {
  const itemGb = (orders * AN_ORDER.itemBytes) / BYTES_A_GB;
  const logGb = (orders * AN_ORDER.logBytes) / BYTES_A_GB;
  const billedSeconds = (orders * (ASSUMED.creatorBilledMs + ASSUMED.processorBilledMs)) / 1_000;
  return [
    line('Lambda requests', 'lambdaRequest', orders * AN_ORDER.invocations),
    line('Lambda compute', 'lambdaArmGbSecond', billedSeconds * memoryGb),
    line('DynamoDB writes', 'writeRequestUnit', orders * AN_ORDER.writeRequestUnits),
    line('DynamoDB storage', 'tableGbMonth', itemGb * ASSUMED.monthsKept),
    line('Point-in-time recovery', 'recoveryGbMonth', itemGb * ASSUMED.monthsKept),
    line('EventBridge events', 'customEvent', orders * AN_ORDER.events),
    line('Logs and metrics in', 'logGb', logGb),
    line('Logs kept', 'logGbMonth', logGb * ASSUMED.monthsKept),
    line('X-Ray traces', 'trace', orders * ASSUMED.tracedShare),
  ];
}

/** The lines as a Markdown table, with their sum. */
export function costTable(lines: CostLine[]): string {
  const total = lines.reduce((sum, { usd }) => sum + usd, 0);
  return [
    '| for | units | price of one, USD | USD |',
    '|---|---:|---|---:|',
    ...lines.map(
      ({ what, priced, units, usd }) =>
        `| ${what} | ${count(units)} | ${plain(PRICES[priced].usd)} a ${PRICES[priced].unit} | ${money(usd)} |`,
    ),
    `| **all** | | | **${money(total)}** |`,
  ].join('\n');
}

/** The source of each price, as a Markdown table. */
export function priceTable(): string {
  return [
    '| a | Region | of | belongs to | read in |',
    '|---|---|---|---|---|',
    ...Object.values<Price>(PRICES).map(
      ({ unit, region, date, source, readIn }) =>
        `| ${unit} | ${region} | ${date} | [source](${source}) | ${readIn ? `[a copy](${readIn})` : 'a stored copy of the source'} |`,
    ),
  ].join('\n');
}

function line(what: string, priced: Priced, units: number): CostLine {
  return { what, priced, units, usd: units * PRICES[priced].usd };
}

function count(units: number): string {
  return units < 100 ? units.toFixed(2) : Math.round(units).toLocaleString('en-US');
}

/** Without an exponent: 0.0000002. */
function plain(usd: number): string {
  return usd.toFixed(12).replace(/0+$/, '');
}

function money(usd: number): string {
  return usd.toFixed(2);
}
