// Prints what docs/scale.md shows of the cost: node local/launch.mjs bench/cost/main.ts

import { costOf, costTable, priceTable } from './cost.ts';

const MEMORY_GB = 1;

process.stdout.write(`${costTable(costOf(1_000_000, MEMORY_GB))}\n\n${priceTable()}\n`);
