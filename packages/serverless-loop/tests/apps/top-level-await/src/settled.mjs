import { readFile } from 'node:fs/promises';

const { rate } = JSON.parse(await readFile(new URL('rates.json', import.meta.url), 'utf8'));

export const handler = async ({ amount }) => amount * rate;
