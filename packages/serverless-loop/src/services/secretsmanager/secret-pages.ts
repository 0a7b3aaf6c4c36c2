import { AwsError } from '../../aws/errors.ts';
import { integer, text } from '../../aws/members.ts';
import { pageOf } from '../../aws/page.ts';

export const PAGED = {
  MaxResults: integer({ min: 1, max: 100 }),
  NextToken: text({ min: 1, max: 4096 }),
} as const;

export function pageOfSecrets<Item>(
  name: string,
  items: readonly Item[],
  limit: number,
  token: string | undefined,
) {
  const refusal = () => new AwsError('InvalidNextTokenException', 'Invalid NextToken.');
  return pageOf(items, { list: name, limit, token, refusal });
}
