import type { RestXmlAnswer, RestXmlRequest } from '../aws/rest-xml-service.ts';
import type { Element } from '../aws/xml.ts';
import { childText, malformedXml, readXml } from '../aws/xml-reader.ts';
import { type Context, xmlAnswer } from './context.ts';
import { s3Error } from './s3-errors.ts';
import { readText } from './small-body.ts';

export function listBuckets({ buckets, place }: Context): RestXmlAnswer {
  const listed = buckets.list().map(
    ({ name, createdAt }): Element => [
      'Bucket',
      [
        ['Name', name],
        ['CreationDate', new Date(createdAt).toISOString()],
        ['BucketRegion', place.region],
      ],
    ],
  );
  return xmlAnswer('ListAllMyBucketsResult', [
    ['Owner', [['ID', place.accountId]]],
    ['Buckets', listed],
  ]);
}

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
  if (region && region !== place.region && !(region === 'EU' && place.region === 'eu-west-1')) {
    throw s3Error(
      'IllegalLocationConstraintException',
      `The ${region} location constraint is incompatible for the region specific endpoint this request was sent to.`,
    );
  }
  buckets.create(name, now());
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
