import type { SignedForm } from '../../../aws/rest-xml-service.ts';
import { invalidArgument, s3Error } from '../s3-errors.ts';

/** In the order in which S3 misses them. */
const SIGNATURES = [
  ['X-Amz-Signature', 'X-Amz-Algorithm', 'X-Amz-Credential', 'X-Amz-Date'],
  ['Signature', 'AWSAccessKeyId'],
] as const;

/**
 * Reads who signed a form by its fields; undefined for one that nobody signed. The signature is not verified, as none is here. The
 * words: LocalStack's record, test_s3.snapshot.json, test_post_request_missing_signature and test_post_request_missing_fields.
 */
export function formSigner(fields: ReadonlyMap<string, string>): SignedForm['credentials'] {
  const given = (name: string) => fields.get(name.toLowerCase());
  const names = SIGNATURES.find((some) => some.some((name) => given(name) !== undefined));
  if (!names) {
    if (given('policy') !== undefined) throw s3Error('AccessDenied', 'Access Denied', 403);
    return undefined;
  }
  for (const name of ['policy', ...names]) if (given(name) === undefined) throw missing(name);
  const scope = given('X-Amz-Credential')?.split('/');
  return { accessKeyId: scope?.[0] ?? given('AWSAccessKeyId') ?? '', service: scope?.at(-2) ?? 's3' };
}

export function missing(name: string) {
  return invalidArgument(
    name,
    '',
    `Bucket POST must contain a field named '${name}'.  If it is specified, please check the order of the fields.`,
  );
}
