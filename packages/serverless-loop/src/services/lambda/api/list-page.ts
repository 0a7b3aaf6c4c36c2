import { AwsError } from '../../../aws/errors.ts';
import { integer, text } from '../../../aws/members.ts';
import { type Page, pageOf } from '../../../aws/page.ts';

/** "The response contains at most 50 items, even if you set the number higher" (Lambda reference, "ListFunctions"). */
const MAX_PAGE_ITEMS = 50;

export const PAGE_INPUT = {
  Marker: text({ at: 'query' }),
  MaxItems: integer({ at: 'query', min: 1, max: 10_000 }),
} as const;

/** The same of lists that may not even be asked for more (Lambda reference, "ListLayers", "ListFunctionUrlConfigs" and their like). */
export const SHORT_PAGE_INPUT = {
  ...PAGE_INPUT,
  MaxItems: integer({ at: 'query', min: 1, max: MAX_PAGE_ITEMS }),
} as const;

/** One page of a list, as Marker and MaxItems ask for it. */
export function listPage<Item>(
  items: readonly Item[],
  list: string,
  { Marker, MaxItems = MAX_PAGE_ITEMS }: { Marker?: string; MaxItems?: number },
  keyOf?: (item: Item) => string,
): Page<Item> {
  return pageOf(items, {
    list,
    limit: Math.min(MaxItems, MAX_PAGE_ITEMS),
    // An empty marker asks for the first page.
    token: Marker || undefined,
    ...(keyOf && { keyOf }),
    refusal: () => new AwsError('InvalidParameterValueException', 'The marker is not valid.'),
  });
}
