import { parseJsonWithin, SHORT_LIMITS } from '../../aws/json-limits.ts';
import type { JsonObject } from '../../aws/operation.ts';
import { validationError } from './errors.ts';
import { optionalText } from './input.ts';

/** As many as most lists of CloudFormation give at once (API reference, "ListStackResources"). */
const PAGE_LENGTH = 100;

/** One page of what a call lists, from where its NextToken says; a token counts for the list that it came with. */
export function pageOf<Item>(
  input: JsonObject,
  listName: string,
  items: Item[],
): { page: Item[]; NextToken?: string } {
  const from = startOf(optionalText(input, 'NextToken'), listName);
  const page = items.slice(from, from + PAGE_LENGTH);
  const next = from + page.length;
  return { page, ...(next < items.length && { NextToken: tokenOf(listName, next) }) };
}

function tokenOf(listName: string, from: number): string {
  return Buffer.from(JSON.stringify([listName, from])).toString('base64url');
}

function startOf(token: string | undefined, listName: string): number {
  if (token === undefined) return 0;
  const [name, from] = contentOf(token);
  if (name === listName && typeof from === 'number' && Number.isInteger(from) && from > 0) return from;
  throw validationError('The NextToken is not one that this list gave.');
}

function contentOf(token: string): unknown[] {
  try {
    const content = parseJsonWithin(Buffer.from(token, 'base64url').toString(), SHORT_LIMITS);
    return Array.isArray(content) ? content : [];
  } catch {
    return [];
  }
}
