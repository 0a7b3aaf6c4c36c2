import { integer, list, structure, text, timestamp } from '../../aws/members.ts';
import { pageOf } from '../../aws/page.ts';
import { type Element, renderDocument } from '../../aws/xml.ts';
import { isOwnersAlone } from './acl.ts';
import { ACL_HEADERS, headerAcl } from './acl-reading.ts';
import { bucketOf, NAMESPACE, operation, s3Arn } from './context.ts';
import { ownerOf } from './owner.ts';
import { ownershipControls } from './ownership.ts';
import { invalidArgument, s3Error } from './s3-errors.ts';
import { BUCKET, OWNER } from './shapes.ts';
import { TAGS, type Tag } from './tags.ts';

/** In one answer (S3 API reference, "ListBuckets"). */
const MAX_LISTED = 10_000;

/** A Region other than the oldest, by its name; `EU` is older than these names. */
const OTHER_REGION = /^(EU|(?!us-east-1$)[a-z]{2}(-[a-z]+)+-\d)$/;

export const BUCKET_OPERATIONS = {
  /** Pages, and the buckets' Regions, are for those who ask for them (S3 API reference, "ListBuckets"). */
  ListBuckets: operation({
    route: 'GET /',
    root: 'ListAllMyBucketsResult',
    action: 'ListAllMyBuckets',
    input: {
      Prefix: text({ at: 'query', name: 'prefix' }),
      BucketRegion: text({ at: 'query', name: 'bucket-region' }),
      MaxBuckets: integer({
        at: 'query',
        name: 'max-buckets',
        min: 1,
        max: MAX_LISTED,
        reason: `max-buckets must be between 1 and ${MAX_LISTED}`,
      }),
      ContinuationToken: text({ at: 'query', name: 'continuation-token' }),
    },
    output: {
      Owner: OWNER,
      Buckets: list(
        structure(
          { Name: text(), CreationDate: timestamp(), BucketRegion: text(), BucketArn: text() },
          { name: 'Bucket' },
        ),
      ),
      Prefix: text(),
      ContinuationToken: text(),
    },
    needs: () => ['*'],
    handle(input, { buckets, place }) {
      const { Prefix = '', BucketRegion, MaxBuckets = MAX_LISTED, ContinuationToken } = input;
      const isInRegion = !BucketRegion || BucketRegion === place.region;
      const found = buckets.list().filter(({ name }) => isInRegion && name.startsWith(Prefix));
      const { items, nextToken } = pageOf(found, {
        list: 'buckets',
        limit: MaxBuckets,
        token: ContinuationToken || undefined,
        keyOf: ({ name }) => name,
        refusal: (token) =>
          invalidArgument('continuation-token', token, 'The continuation token provided is incorrect'),
      });
      const isParted = Object.keys(input).length > 0;
      return {
        Owner: ownerOf(place),
        Buckets: items.map(({ name, createdAt }) => ({
          Name: name,
          CreationDate: createdAt,
          BucketRegion: isParted ? place.region : undefined,
          BucketArn: `arn:${place.partition}:s3:::${name}`,
        })),
        Prefix: Prefix || undefined,
        ContinuationToken: nextToken,
      };
    },
  }),

  CreateBucket: operation({
    route: 'PUT /{Bucket}',
    input: {
      Bucket: BUCKET.Bucket,
      ...ACL_HEADERS,
      ObjectOwnership: text({ at: 'header', name: 'x-amz-object-ownership' }),
      CreateBucketConfiguration: structure({ LocationConstraint: text(), Tags: TAGS }, { at: 'payload' }),
    },
    output: { Location: text({ at: 'header', name: 'Location' }) },
    // Tags are a right of their own (S3 API reference, "CreateBucket").
    needs: (input, context) =>
      s3Arn(input, context).flatMap((resource) => [
        resource,
        ...(input.CreateBucketConfiguration?.Tags ? [{ action: 's3:TagResource', resource }] : []),
      ]),
    handle(input, { buckets, now, place }) {
      refuseOtherRegion(input.CreateBucketConfiguration?.LocationConstraint, place.region);
      const { ObjectOwnership = 'BucketOwnerEnforced' } = input;
      const ownership = ownershipControls(input.ObjectOwnership);
      const acl = headerAcl(input, place);
      // S3 User Guide, "Controlling ownership of objects": no other list goes with lists that are switched off.
      if (ObjectOwnership === 'BucketOwnerEnforced' && acl && !isOwnersAlone(acl, place)) {
        throw s3Error(
          'InvalidBucketAclWithObjectOwnership',
          "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting",
        );
      }
      const { Tags = [] } = input.CreateBucketConfiguration ?? {};
      const bucket = buckets.create(input.Bucket, now(), {
        ...(acl && { acl }),
        ...(ownership !== undefined && { ownership }),
      });
      if (Tags.length > 0) bucket.settings.set('tagging', taggingDocument(Tags));
      return { Location: `/${input.Bucket}` };
    },
  }),

  HeadBucket: operation({
    route: 'HEAD /{Bucket}',
    action: 'ListBucket',
    input: BUCKET,
    output: { BucketRegion: text({ at: 'header', name: 'x-amz-bucket-region' }) },
    needs: s3Arn,
    handle(input, context) {
      bucketOf(input, context);
      return { BucketRegion: context.place.region };
    },
  }),

  DeleteBucket: operation({
    route: 'DELETE /{Bucket}',
    status: 204,
    input: BUCKET,
    needs: s3Arn,
    async handle(input, context) {
      const { uploads } = bucketOf(input, context);
      context.buckets.remove(input.Bucket);
      for (const { parts } of uploads.values())
        for (const { blob } of parts.values()) await context.blobs().remove(blob);
      return {};
    },
  }),

  /** No object here is locked: a bucket says that none can be (LocalStack's record, test_s3_api.snapshot.json, test_get_object_lock_configuration_exc). */
  GetObjectLockConfiguration: operation({
    route: 'GET /{Bucket}?object-lock',
    action: 'GetBucketObjectLockConfiguration',
    input: BUCKET,
    output: { ObjectLockConfiguration: structure({ ObjectLockEnabled: text() }, { at: 'payload' }) },
    needs: s3Arn,
    handle(input, context) {
      const { name } = bucketOf(input, context);
      throw s3Error(
        'ObjectLockConfigurationNotFoundError',
        'Object Lock configuration does not exist for this bucket',
        404,
        { BucketName: name },
      );
    },
  }),

  GetBucketLocation: operation({
    route: 'GET /{Bucket}?location',
    input: BUCKET,
    // A document of one text.
    output: { LocationConstraint: text({ at: 'payload' }) },
    needs: s3Arn,
    handle(input, context) {
      bucketOf(input, context);
      const { region } = context.place;
      // The oldest Region has no name here (S3 API reference, "GetBucketLocation").
      const name = region === 'us-east-1' ? '' : region;
      return { LocationConstraint: renderDocument('LocationConstraint', NAMESPACE, name) };
    },
  }),
};

/** As PutBucketTagging takes them. */
function taggingDocument(tags: readonly Tag[]): string {
  const each = tags.map(
    ({ Key, Value }): Element => [
      'Tag',
      [
        ['Key', Key],
        ['Value', Value],
      ],
    ],
  );
  return renderDocument('Tagging', NAMESPACE, [['TagSet', each]]);
}

/**
 * The oldest Region alone tells apart a name that is no Region's; it has no name here itself (LocalStack's record,
 * test_s3.snapshot.json, test_create_bucket_with_invalid_location_constraint).
 */
function refuseOtherRegion(asked: string | undefined, region: string): void {
  if (asked && region === 'us-east-1' && !OTHER_REGION.test(asked)) {
    throw s3Error('InvalidLocationConstraint', 'The specified location-constraint is not valid', 400, {
      LocationConstraint: asked,
    });
  }
  // The name of the first Region in Europe is older than the Regions.
  if (asked && asked !== region && !(asked === 'EU' && region === 'eu-west-1')) {
    throw s3Error(
      'IllegalLocationConstraintException',
      `The ${asked} location constraint is incompatible for the region specific endpoint this request was sent to.`,
    );
  }
}
