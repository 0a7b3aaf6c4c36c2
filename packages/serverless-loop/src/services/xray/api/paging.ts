import { createHash } from 'node:crypto';
import { invalidRequest } from './input.ts';

/** A page of a list, and the token for the one after it. */
export interface Page<T> {
  items: T[];
  nextToken?: string;
}

/**
 * Cuts a page. The token holds the key of the last item seen, so that what comes or goes meanwhile moves nothing, and a
 * mark of the question that it belongs to.
 * @param keyOf gives keys in the order of the list, as text that sorts so
 */
export function pageOf<T>(
  items: T[],
  keyOf: (item: T) => string,
  { token, question, size }: { token: string | undefined; question: unknown; size: number },
): Page<T> {
  const mark = createHash('sha256').update(JSON.stringify(question)).digest('base64url').slice(0, 10);
  const after = token === undefined ? undefined : keyIn(token, mark);
  const rest = after === undefined ? items : items.filter((item) => keyOf(item) > after);
  const page = rest.slice(0, size);
  const last = page.at(-1);
  if (last === undefined || page.length === rest.length) return { items: page };
  return { items: page, nextToken: Buffer.from(`${mark}${keyOf(last)}`).toString('base64url') };
}

function keyIn(token: string, mark: string): string {
  const text = Buffer.from(token, 'base64url').toString();
  if (text.startsWith(mark)) return text.slice(mark.length);
  throw invalidRequest('Invalid NextToken: it is not of an earlier answer to the same request');
}
