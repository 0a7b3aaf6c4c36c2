import type { Place } from '../../aws/arn.ts';
import type { RestXmlRequest } from '../../aws/rest-xml-service.ts';
import { headerOf } from './header.ts';
import { s3Error } from './s3-errors.ts';

/** Whom a caller thinks a bucket to belong to: all here are the account's own (S3 User Guide, "Verifying bucket ownership with bucket owner condition"). */
export function refuseOtherOwner(request: RestXmlRequest, { accountId }: Place): void {
  for (const name of ['x-amz-expected-bucket-owner', 'x-amz-source-expected-bucket-owner']) {
    const expected = headerOf(request, name);
    if (expected === undefined || expected === accountId) continue;
    if (/^\d{12}$/.test(expected)) throw s3Error('AccessDenied', 'Access Denied', 403);
    throw s3Error(
      'InvalidBucketOwnerAWSAccountID',
      `The value of the expected bucket owner parameter must be an AWS Account ID... [${expected}]`,
    );
  }
}
