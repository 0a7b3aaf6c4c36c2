import { AwsError } from '../../aws/errors.ts';
import type { JsonObject } from '../../aws/operation.ts';
import { constraint, optionalText } from './request.ts';

export interface Page<T> {
  items: T[];
  /** For the next call; absent on the last page. */
  nextToken?: string;
}

const maximumLimit = 100;

/**
 * The page of a sorted list that a request's Limit (1-100, default 100) and NextToken ask for. The token holds the last
 * item's name, so it stays right when items come or go.
 */
export function pageOf<T>(input: JsonObject, items: T[], nameOf: (item: T) => string): Page<T> {
  const limit = limitOf(input);
  const token = optionalText(input, 'NextToken');
  const after = token === undefined ? undefined : nameIn(token);
  const rest = after === undefined ? items : items.filter((item) => nameOf(item) > after);
  const page = rest.slice(0, limit);
  const last = page.at(-1);
  return rest.length > limit && last !== undefined
    ? { items: page, nextToken: tokenFor(nameOf(last)) }
    : { items: page };
}

function limitOf(input: JsonObject): number {
  const limit = input.Limit ?? maximumLimit;
  if (typeof limit !== 'number' || !Number.isInteger(limit))
    throw new AwsError('SerializationException', 'Limit must be an integer.');
  if (limit < 1) throw badLimit(limit, 'greater than or equal to 1');
  if (limit > maximumLimit) throw badLimit(limit, `less than or equal to ${maximumLimit}`);
  return limit;
}

function badLimit(limit: number, rule: string): AwsError {
  return constraint(`Value '${limit}' at 'limit'`, `Member must have value ${rule}`);
}

function tokenFor(name: string): string {
  return Buffer.from(`after:${name}`).toString('base64url');
}

function nameIn(token: string): string {
  const text = Buffer.from(token, 'base64url').toString();
  if (!text.startsWith('after:'))
    throw new AwsError('ValidationException', 'Parameter NextToken is not valid.');
  return text.slice('after:'.length);
}
