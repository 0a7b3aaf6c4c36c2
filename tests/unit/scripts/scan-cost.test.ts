import { expect, test } from 'vitest';
import { scanCostText } from '../../../scripts/republish/scan-cost.ts';

// DynamoDB's guide: an eventually consistent read of 4 KB is half a read request unit.
test('a scan of 8 GiB takes 1,048,576 read request units, $0.13', () => {
  const text = scanCostText({ items: 10_000_000, sizeBytes: 8 * 1024 ** 3 });
  expect(text).toContain('10000000 orders, 8589934592 bytes');
  expect(text).toContain('about 1048576 read request units: $0.13 in us-east-1');
});

test('a scan of an empty table costs nothing', () => {
  expect(scanCostText({ items: 0, sizeBytes: 0 })).toContain('about 0 read request units: $0 in');
});
