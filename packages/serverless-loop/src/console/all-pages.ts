import { isObject, type JsonObject } from '../aws/json-object.ts';
import type { ConsoleContext } from './context.ts';

/** A list that an operation answers with in pages: all of it, or as much as anybody looks at. */
export interface PagedList {
  service: string;
  operation: string;
  input?: JsonObject;
  /** The member of the answer that has the list. */
  list: string;
  /** The members that lead to the next page. Absent: NextToken both ways. */
  token?: { answer: string; input: string };
  most?: number;
}

export async function allPages(
  call: ConsoleContext['call'],
  { service, operation, input = {}, list, token = NEXT_TOKEN, most = 5_000 }: PagedList,
  signal: AbortSignal,
): Promise<JsonObject[]> {
  const found: JsonObject[] = [];
  let next: unknown;
  do {
    const page = await call(
      service,
      operation,
      { ...input, ...(next !== undefined && { [token.input]: next }) },
      signal,
    );
    const items = page[list];
    found.push(...(Array.isArray(items) ? items : []).filter(isObject));
    next = page[token.answer];
  } while (next !== undefined && found.length < most);
  return found;
}

const NEXT_TOKEN = { answer: 'NextToken', input: 'NextToken' };
