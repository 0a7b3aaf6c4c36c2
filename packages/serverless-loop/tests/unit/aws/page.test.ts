import { expect, test } from 'vitest';
import { AwsError } from '../../../src/aws/errors.ts';
import { type PageRequest, pageOf } from '../../../src/aws/page.ts';

const NAMES = ['a', 'b', 'c', 'd', 'e'];

function request(token: string | undefined, more: Partial<PageRequest<string>> = {}): PageRequest<string> {
  const refusal = (bad: string) => new AwsError('InvalidToken', `${bad} is none.`);
  return { list: 'ListBoxes', limit: 2, token, refusal, ...more };
}

/** All pages, one after the other. */
function pages(more: Partial<PageRequest<string>>, names = NAMES): string[][] {
  const found: string[][] = [];
  let token: string | undefined;
  do {
    const { items, nextToken } = pageOf(names, request(token, more));
    found.push(items);
    token = nextToken;
  } while (token !== undefined);
  return found;
}

const keyOf = (name: string) => name;

test('pages hold all of a list once, in its own order or in that of its keys', () => {
  expect(pages({})).toEqual([['a', 'b'], ['c', 'd'], ['e']]);
  expect(pages({ keyOf }, NAMES.toReversed())).toEqual([['a', 'b'], ['c', 'd'], ['e']]);
  expect(pages({ limit: 5 })).toEqual([NAMES]);
  expect(pages({ keyOf, descending: true })).toEqual([['e', 'd'], ['c', 'b'], ['a']]);
  expect(pageOf([], request(undefined))).toEqual({ items: [] });
});

test('a page by key goes on where the one before ended, whatever came or went', () => {
  const { nextToken } = pageOf(NAMES, request(undefined, { keyOf }));
  expect(pageOf(['0', 'a', 'c'], request(nextToken, { keyOf }))).toEqual({ items: ['c'] });
});

test.each([
  '',
  'x',
  Buffer.from('ListLids 2').toString('base64url'),
  Buffer.from('ListBoxes -1').toString('base64url'),
  `${Buffer.from('ListBoxes 2').toString('base64url')}=`,
])('the token %j is refused in the words of the service', (token) => {
  expect(() => pageOf(NAMES, request(token))).toThrow(`${token} is none.`);
});
