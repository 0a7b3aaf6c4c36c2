import { childrenOf, childText, malformedXml, readXml } from '../../aws/xml-reader.ts';
import type { Bucket } from './buckets.ts';
import { s3Error } from './s3-errors.ts';

/** The owner of what others put into a bucket, and whether access control lists count (S3 User Guide, "Controlling ownership of objects"). */
export type Ownership = (typeof OWNERSHIPS)[number];
const OWNERSHIPS = ['BucketOwnerEnforced', 'BucketOwnerPreferred', 'ObjectWriter'] as const;

/** Without controls a bucket is as all were before there were any: lists count. */
export function ownershipOf({ settings }: Bucket): Ownership {
  const text = settings.get('ownershipControls');
  return text === undefined ? 'ObjectWriter' : readOwnership(text);
}

/** One rule with one of three words (LocalStack's test_s3_api.snapshot.json, test_bucket_ownership_controls_exc). */
export function readOwnership(text: string): Ownership {
  const rules = childrenOf(readXml(text), 'Rule');
  const [rule] = rules;
  const found = rule && OWNERSHIPS.find((one) => one === childText(rule, 'ObjectOwnership'));
  if (!found || rules.length > 1) throw malformedXml();
  return found;
}

/** Ownership controls by CreateBucket's `x-amz-object-ownership`; undefined for the usual (the same record). */
export function ownershipControls(header: string | undefined): string | undefined {
  if (header === undefined) return undefined;
  if (!OWNERSHIPS.some((one) => one === header))
    throw s3Error('InvalidArgument', `Invalid x-amz-object-ownership header: ${header}`, 400, {
      ArgumentName: 'x-amz-object-ownership',
    });
  return `<?xml version="1.0"?><OwnershipControls xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Rule><ObjectOwnership>${header}</ObjectOwnership></Rule></OwnershipControls>`;
}
