// Prints the tables of docs/scale.md: node scripts/launch.mjs bench/cost/main.ts

import { costOf, costTable, priceTable } from './cost.ts';
import { quotaTable } from './quotas.ts';

const MEMORY_GB = 1;

process.stdout.write(`${costTable(costOf(1_000_000, MEMORY_GB))}\n\n${priceTable()}\n\n${quotaTable()}\n`);
