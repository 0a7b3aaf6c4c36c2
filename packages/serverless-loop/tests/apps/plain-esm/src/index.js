import { readFile } from 'node:fs/promises';
import { double } from './lib/double.js';

const { factor } = JSON.parse(await readFile(new URL('./lib/factor.json', import.meta.url), 'utf8'));

export const handler = async ({ n }) => ({ n: double(n) * factor, hasRequire: typeof require });
