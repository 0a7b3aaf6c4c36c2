import type { RestXmlAnswer, RestXmlRequest } from '../../aws/rest-xml-service.ts';
import type { Element } from '../../aws/xml.ts';
import { childText, malformedXml, readXml } from '../../aws/xml-reader.ts';
import { isOwnersAlone } from './acl.ts';
import { headerAcl } from './acl-reading.ts';
import { type Context, xmlAnswer } from './context.ts';
import { headerOf } from './header.ts';
import { ownerElement } from './owner.ts';
import { ownershipControls } from './ownership.ts';
import { invalidArgument, s3Error } from './s3-errors.ts';
import { readText } from './small-body.ts';

/** Pages, and the buckets' Regions, are for those who ask for them (S3 API reference, "ListBuckets"). */
export function listBuckets({ query }: RestXmlRequest, { buckets, place }: Context): RestXmlAnswer {
  const prefix = query.get('prefix') ?? '';
  const region = query.get('bucket-region');
  const most = readMostBuckets(query.get('max-buckets'));
  const after = Buffer.from(query.get('continuation-token') ?? '', 'base64').toString();
  const found = buckets
    .list()
    .filter(({ name }) => name.startsWith(prefix) && name > after && (!region || region === place.region));
  const page = found.slice(0, most);
  const last = page.at(-1);
  const isParted = ['prefix', 'bucket-region', 'max-buckets', 'continuation-token'].some((name) =>
    query.has(name),
  );
  const listed = page.map(
    ({ name, createdAt }): Element => [
      'Bucket',
      [
        ['Name', name],
        ['CreationDate', new Date(createdAt).toISOString()],
        ...(isParted ? [['BucketRegion', place.region] as const] : []),
        ['BucketArn', `arn:${place.partition}:s3:::${name}`],
      ],
    ],
  );
  return xmlAnswer('ListAllMyBucketsResult', [
    ownerElement(place),
    ['Buckets', listed],
    ...(prefix === '' ? [] : [['Prefix', prefix] as const]),
    ...(last && page.length < found.length
      ? [['ContinuationToken', Buffer.from(last.name).toString('base64')] as const]
      : []),
  ]);
}

function readMostBuckets(text: string | null): number {
  const most = text === null ? MOST_LISTED : Number(text);
  if (Number.isInteger(most) && most >= 1 && most <= MOST_LISTED) return most;
  throw invalidArgument('max-buckets', text ?? '', `max-buckets must be between 1 and ${MOST_LISTED}`);
}

/** A Region other than the oldest, by its name; `EU` is older than these names. */
const OTHER_REGION = /^(EU|(?!us-east-1$)[a-z]{2}(-[a-z]+)+-\d)$/;

/** In one answer (S3 API reference, "ListBuckets"). */
const MOST_LISTED = 10_000;

export async function createBucket(
  request: RestXmlRequest,
  name: string,
  { buckets, now, place }: Context,
): Promise<RestXmlAnswer> {
  const text = await readText(request);
  const configuration = text.trim() === '' ? undefined : readXml(text);
  if (configuration && configuration.name !== 'CreateBucketConfiguration') throw malformedXml();
  const region = configuration && childText(configuration, 'LocationConstraint');
  // The name of the first Region in Europe is older than the Regions.
  // The oldest Region has no name here, and what is no Region is told apart there alone (LocalStack's record,
  // test_s3.snapshot.json, test_create_bucket_with_invalid_location_constraint).
  if (region && place.region === 'us-east-1' && !OTHER_REGION.test(region)) {
    throw s3Error('InvalidLocationConstraint', 'The specified location-constraint is not valid', 400, {
      LocationConstraint: region,
    });
  }
  if (region && region !== place.region && !(region === 'EU' && place.region === 'eu-west-1')) {
    throw s3Error(
      'IllegalLocationConstraintException',
      `The ${region} location constraint is incompatible for the region specific endpoint this request was sent to.`,
    );
  }
  const owned = headerOf(request, 'x-amz-object-ownership');
  const ownership = ownershipControls(owned);
  const acl = headerAcl(request, place);
  // S3 User Guide, "Controlling ownership of objects": no other list goes with lists that are switched off.
  if ((owned ?? 'BucketOwnerEnforced') === 'BucketOwnerEnforced' && acl && !isOwnersAlone(acl, place)) {
    throw s3Error(
      'InvalidBucketAclWithObjectOwnership',
      "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting",
    );
  }
  buckets.create(name, now(), { ...(acl && { acl }), ...(ownership !== undefined && { ownership }) });
  return { status: 200, headers: { Location: `/${name}` } };
}

export function headBucket(name: string, { buckets, place }: Context): RestXmlAnswer {
  buckets.get(name);
  return { status: 200, headers: { 'x-amz-bucket-region': place.region } };
}

export async function deleteBucket(name: string, { buckets, blobs }: Context): Promise<RestXmlAnswer> {
  const { uploads } = buckets.get(name);
  buckets.remove(name);
  for (const { parts } of uploads.values()) for (const { blob } of parts.values()) await blobs().remove(blob);
  return { status: 204 };
}

/** The oldest Region has no name here (S3 API reference, "GetBucketLocation"). */
export function bucketLocation(name: string, { buckets, place }: Context): RestXmlAnswer {
  buckets.get(name);
  return xmlAnswer('LocationConstraint', place.region === 'us-east-1' ? '' : place.region);
}
