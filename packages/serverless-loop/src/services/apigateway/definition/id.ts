import { createHash } from 'node:crypto';

/** Small letters and digits that follow from a text: where AWS draws an id, here it is the same at each start. */
export function idOf(text: string, length = 10): string {
  return createHash('sha256').update(text).digest('hex').slice(0, length);
}
