import type { BucketModel } from '../../../template/model.ts';
import { readPolicyDocument } from '../../../template/statements.ts';
import type { World } from '../../../template/world.ts';

/** Gives each AWS::S3::BucketPolicy to its bucket, or to one of another stack. */
export function attachBucketPolicies(buckets: readonly BucketModel[], world: World): void {
  for (const resource of world.ofType('AWS::S3::BucketPolicy')) {
    const properties = world.read(resource, ['Bucket', 'PolicyDocument']);
    const statements = readPolicyDocument(properties, 'resource');
    const bucketName = properties.requiredText('Bucket');
    world.reports.emulated(resource);
    if (world.reports.isUnavailable(resource)) continue;
    const bucket = buckets.find(({ name }) => name === bucketName);
    const { logicalId } = resource;
    const name = world.scope.physicalId(resource);
    if (bucket) bucket.resourcePolicy = statements;
    else if (world.deployment)
      world.attachments.push({ kind: 'bucketPolicy', logicalId, name, bucketName, statements });
    else if (!world.declared('AWS::S3::Bucket').some((it) => world.scope.physicalId(it) === bucketName))
      world.reports.accepted(resource, `its bucket ${bucketName} is not in this template`);
  }
}
