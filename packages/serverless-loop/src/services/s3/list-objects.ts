import { parseJsonWithin, SHORT_LIMITS } from '../../aws/json-limits.ts';
import { isObject } from '../../aws/json-object.ts';
import { boolean, integer, list, type Read, structure, text } from '../../aws/members.ts';
import { bucketOf, operation, type S3Context, s3Arn } from './context.ts';
import {
  COMMON_PREFIXES,
  count,
  inKeyOrder,
  isBefore,
  LIST_INPUT,
  LISTED_OBJECT,
  LISTING,
  listedObject,
  listingOf,
  mostOf,
} from './list-page.ts';
import { ownerOf } from './owner.ts';
import { s3Error } from './s3-errors.ts';
import { BUCKET } from './shapes.ts';

const INPUT = { ...BUCKET, ...LIST_INPUT, MaxKeys: count('max-keys') } as const;

const OUTPUT = {
  Name: text(),
  ...LISTING,
  MaxKeys: integer(),
  Contents: list(structure(LISTED_OBJECT), { flat: true }),
  CommonPrefixes: COMMON_PREFIXES,
} as const;

export const LIST_OBJECTS = {
  /** The owner has to be asked for; a token says more than a key to start after. */
  ListObjectsV2: operation({
    route: 'GET /{Bucket}?list-type=2',
    root: 'ListBucketResult',
    action: 'ListBucket',
    input: {
      ...INPUT,
      ContinuationToken: text({ at: 'query', name: 'continuation-token' }),
      StartAfter: text({ at: 'query', name: 'start-after' }),
      FetchOwner: boolean({ at: 'query', name: 'fetch-owner' }),
    },
    output: {
      ...OUTPUT,
      ContinuationToken: text(),
      StartAfter: text(),
      KeyCount: integer(),
      NextContinuationToken: text(),
    },
    needs: s3Arn,
    handle(input, context) {
      const { ContinuationToken: token, StartAfter = '' } = input;
      const after = token === undefined ? StartAfter : afterToken(token);
      const { Prefix, page, last, told, encode } = listed(input, after, input.FetchOwner === true, context);
      return {
        Name: input.Bucket,
        Prefix,
        ContinuationToken: token,
        NextContinuationToken: last === undefined ? undefined : tokenOf(last),
        StartAfter: token === undefined && StartAfter !== '' ? encode(StartAfter) : undefined,
        KeyCount: told,
        ...page,
      };
    },
  }),

  /** For older clients. The next marker stands for a common prefix, which no key tells (S3 API reference, "ListObjects"). */
  ListObjects: operation({
    route: 'GET /{Bucket}',
    root: 'ListBucketResult',
    action: 'ListBucket',
    input: { ...INPUT, Marker: text({ at: 'query', name: 'marker' }) },
    output: { ...OUTPUT, Marker: text(), NextMarker: text() },
    needs: s3Arn,
    handle(input, context) {
      const { Marker = '', Delimiter } = input;
      const { Prefix, page, last, encode } = listed(input, Marker, true, context);
      return {
        Name: input.Bucket,
        Prefix,
        Marker: encode(Marker),
        NextMarker: Delimiter && last !== undefined ? encode(last) : undefined,
        ...page,
      };
    },
  }),
};

function listed(input: Read<typeof INPUT>, after: string, tellsOwner: boolean, context: S3Context) {
  const { objects } = bucketOf(input, context);
  const most = mostOf(input.MaxKeys);
  const isAfter = (entry: string) => isBefore(after, entry);
  const { items, listing, CommonPrefixes, encode, ...rest } = listingOf(
    inKeyOrder(objects.values()),
    input,
    most,
    isAfter,
  );
  const Owner = tellsOwner ? ownerOf(context.place) : undefined;
  const page = {
    MaxKeys: most,
    ...listing,
    Contents: items.map((object) => ({ ...listedObject(object, encode), Owner })),
    CommonPrefixes,
  };
  return { page, encode, ...rest };
}

function tokenOf(last: string): string {
  return Buffer.from(JSON.stringify({ after: last })).toString('base64');
}

function afterToken(token: string): string {
  try {
    const found = parseJsonWithin(Buffer.from(token, 'base64').toString(), SHORT_LIMITS);
    if (isObject(found) && typeof found.after === 'string') return found.after;
  } catch {
    // Told below, in S3's own words.
  }
  throw s3Error('InvalidArgument', 'The continuation token provided is incorrect', 400, {
    ArgumentName: 'continuation-token',
  });
}
