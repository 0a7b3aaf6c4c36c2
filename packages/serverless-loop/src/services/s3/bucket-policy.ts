import type { DescribedOperation, Need } from '../../aws/operation.ts';
import { parsePolicyDocument } from '../../aws/policy-parsing.ts';
import type { RestXmlService } from '../../aws/rest-xml-service.ts';
import type { Statement } from '../../aws/statement.ts';
import type { Buckets } from './buckets.ts';
import { s3Error } from './s3-errors.ts';

/** "Bucket policies are limited to 20 KB in size" (S3 guide, "Bucket policies"). */
const MAX_POLICY_BYTES = 20 * 1024;

/** The statements of a bucket's policy. Throws S3's MalformedPolicy for what is none of this bucket. */
export function readBucketPolicy(document: string, bucketArn: string): Statement[] {
  if (Buffer.byteLength(document) > MAX_POLICY_BYTES)
    throw malformed('Policy exceeds the maximum allowed document size.');
  const statements = document.trimStart().startsWith('{') ? parsePolicyDocument(document) : undefined;
  if (!statements) throw malformed("Policies must be valid JSON and the first byte must be '{'");
  for (const { principals, actions, notActions, resources = [], notResources = [] } of statements) {
    // The words: hashicorp/terraform, issues 28688 and 23570.
    if (!principals) throw malformed('Missing required field Principal');
    if (!actions && !notActions) throw malformed('Missing required field Action');
    if ([...resources, ...notResources].length === 0) throw malformed('Missing required field Resource');
    if (![...resources, ...notResources].every((resource) => isOf(bucketArn, resource)))
      throw malformed('Policy has invalid resource');
  }
  return statements;
}

/** The service with the policy of the bucket beside each right that a call needs, for IAM to judge with the role's own. */
export function withBucketPolicies(service: RestXmlService, buckets: Buckets): RestXmlService {
  return {
    ...service,
    find(request) {
      const operation = service.find(request);
      if (!operation) return undefined;
      return { ...operation, needs: operation.needs.map((need) => withPolicy(need, buckets)) };
    },
  };
}

/** The same for operations that are called by their names. */
export function policiesBeside(
  operations: Readonly<Record<string, DescribedOperation>>,
  buckets: Buckets,
): Record<string, DescribedOperation> {
  return Object.fromEntries(
    Object.entries(operations).map(([name, operation]) => [
      name,
      {
        ...operation,
        needs: (reading) => operation.needs(reading).map((need) => withPolicy(need, buckets)),
      } satisfies DescribedOperation,
    ]),
  );
}

function withPolicy(need: Need, buckets: Buckets): Need {
  const policy = buckets.find(bucketNameIn(need.resource))?.policy;
  return policy ? { ...need, policy } : need;
}

/** `arn:aws:s3:::bucket/key` */
function bucketNameIn(arn: string): string {
  return /^arn:[^:]*:s3:::([^/]*)/.exec(arn)?.[1] ?? '';
}

/** A pattern may stand for parts of the name, and not for all of the ARN (noobaa/noobaa-core, issue 10058, has AWS's refusal). */
function isOf(bucketArn: string, resource: string): boolean {
  const [bucket = ''] = resource.split('/', 1);
  return bucket === bucketArn || /^arn:.*[*?]/.test(bucket);
}

function malformed(message: string) {
  return s3Error('MalformedPolicy', message);
}
