/** US East (N. Virginia), on demand, per million read request units; DynamoDB's price list since 1 November 2024. */
const DOLLARS_A_MILLION_READS = 0.125;
/** An eventually consistent read of up to 4 KB takes half a unit (DynamoDB guide, "DynamoDB read consumption"). */
const BYTES_A_READ_UNIT = 8_192;

/** The table's own figures; DynamoDB counts about every six hours. */
export interface TableSize {
  items: number;
  sizeBytes: number;
}

/** The cost of reading the whole table, for a person: a filter leaves items out of the answer, not out of the bill. */
export function scanCostText({ items, sizeBytes }: TableSize): string {
  const units = Math.ceil(sizeBytes / BYTES_A_READ_UNIT);
  const dollars = ((units * DOLLARS_A_MILLION_READS) / 1_000_000).toPrecision(2);
  return [
    `The scan reads the whole table: ${items} orders, ${sizeBytes} bytes as of DynamoDB's last count, some hours ago at most.`,
    `That takes about ${units} read request units: $${Number(dollars)} in us-east-1 at the prices of November 2024 ($${DOLLARS_A_MILLION_READS} a million).`,
    '',
  ].join('\n');
}
