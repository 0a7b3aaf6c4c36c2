import { UsageError } from 'serverless-loop/commands';

/** The steps of both scripts, and what takes them back. */
export const STEP_IDS = [
  ...[
    'tools',
    'template',
    'loop',
    'credentials',
    'name',
    'consent',
    'dependencies',
    'types',
    'unit',
    'build',
  ],
  ...['deploy', 'test', 'test-data', 'delete'],
  ...['save', 'stage', 'order', 'order-removal', 'restore', 'loop-stop'],
];

/** Other limits for steps than their own, from texts such as `deploy=600`: by id, in milliseconds. */
export function parseTimeLimits(texts: readonly string[]): Map<string, number> {
  return new Map(texts.map(parseTimeLimit));
}

function parseTimeLimit(text: string): [id: string, limitMs: number] {
  const [, id, seconds] = /^([a-z-]+)=(\d{1,5}(?:\.\d+)?)$/.exec(text) ?? [];
  if (id === undefined || !(Number(seconds) > 0))
    throw new UsageError(`--time-limit: expected STEP=SECONDS such as deploy=600, found "${text}"`);
  if (!STEP_IDS.includes(id))
    throw new UsageError(`--time-limit: there is no step "${id}"; the steps are ${STEP_IDS.join(', ')}`);
  return [id, Number(seconds) * 1_000];
}
