import { expect, test } from 'vitest';
import { costOf, costTable, priceTable } from '../../../bench/cost/cost.ts';
import { AN_ORDER } from '../../../bench/cost/order-quantities.ts';
import { PRICES } from '../../../bench/cost/prices.ts';
import { quotaTable, RATES } from '../../../bench/cost/quotas.ts';
import { at } from '../app/template.ts';
import { pageOf } from './pages.ts';

const page = pageOf('docs/scale.md');
const memoryGb = Number(at('Globals.Function.MemorySize')) / 1_024;

test('the page shows what the cost and the load are computed to be', () => {
  expect(page).toContain(costTable(costOf(1_000_000, memoryGb)));
  expect(page).toContain(priceTable());
  expect(page).toContain(quotaTable());
});

test('each price has its Region, its date and where it is from', () => {
  for (const price of Object.values(PRICES)) {
    expect(price.usd).toBeGreaterThan(0);
    expect(price.region).toMatch(/^(eu-west-1|us-east-1|any)$/);
    expect(price.date).toMatch(/^\d{4}-\d\d-\d\d$|^no date$/);
    expect(new URL(price.source).hostname).toMatch(/amazon(aws)?\.com$/);
  }
});

test('each million orders cost the same', () => {
  const sum = (orders: number) => costOf(orders, memoryGb).reduce((total, { usd }) => total + usd, 0);
  expect(sum(10_000_000)).toBeCloseTo(10 * sum(1_000_000));
});

test('the cost of the logs of a day at each rate is the page’s', () => {
  for (const rate of RATES) {
    const orders = rate * 86_400;
    const logs = costOf(orders, memoryGb).find(({ priced }) => priced === 'logGb');
    expect(page).toContain(`USD ${Math.round(logs?.usd ?? 0).toLocaleString('en-US')})`);
  }
  expect(page).toContain(`${AN_ORDER.logBytes.toLocaleString('en-US')} bytes`);
});
