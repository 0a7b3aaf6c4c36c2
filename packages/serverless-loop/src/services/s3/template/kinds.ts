import type { Identity } from '../../../template/kind-description.ts';
import type { ResourceKind } from '../../../template/resource-kind.ts';
import { readBucket } from './bucket.ts';
import { attachBucketPolicies } from './bucket-policy.ts';

export const S3_KINDS: readonly ResourceKind[] = [
  {
    type: 'AWS::S3::Bucket',
    nameProperty: 'BucketName',
    longestName: 63,
    ref: bucketName,
    attributes: {
      Arn: (it) => `arn:${it.place.partition}:s3:::${bucketName(it)}`,
      DomainName: (it) => `${bucketName(it)}.s3.amazonaws.com`,
      DualStackDomainName: (it) => `${bucketName(it)}.s3.dualstack.${it.place.region}.amazonaws.com`,
      WebsiteURL: websiteUrl,
      RegionalDomainName: (it) => `${bucketName(it)}.s3.${it.place.region}.amazonaws.com`,
    },
    replacedBy: [],
    isMain: true,
    leftOut: [
      ['LifecycleConfiguration', 'accepted', 'objects stay until they are deleted'],
      ['ReplicationConfiguration', 'not emulated', 'objects are not copied to other buckets'],
      ['WebsiteConfiguration', 'not emulated', 'buckets are no web sites'],
    ],
    after: ['AWS::Lambda::Function', 'AWS::SQS::Queue', 'AWS::SNS::Topic'],
    read: ({ world, models, targets }) =>
      models.buckets.push(...world.each('AWS::S3::Bucket', (it) => readBucket(it, targets, world))),
  },
  {
    type: 'AWS::S3::BucketPolicy',
    ref: (it) => it.text('Bucket') ?? it.name,
    attributes: {},
    replacedBy: ['Bucket'],
    after: ['AWS::S3::Bucket'],
    read: ({ world, models }) => attachBucketPolicies(models.buckets, world),
  },
];

function bucketName(it: Identity): string {
  return it.name.toLowerCase();
}

/** The Regions with a dash in a website's address (General Reference, "Amazon S3 website endpoints"). */
const DASHED = /^(us-(east-1|west-[12])|ap-(southeast-[12]|northeast-1)|eu-west-1|sa-east-1|us-gov-west-1)$/;

function websiteUrl(it: Identity): string {
  const { region } = it.place;
  return `http://${bucketName(it)}.s3-website${DASHED.test(region) ? '-' : '.'}${region}.amazonaws.com`;
}
