import type { Place } from '../../aws/arn.ts';

/** AWS is reached by TLS only in all SDKs; a policy that refuses plain HTTP must not refuse the loop's own. */
export const CONNECTION = { 'aws:SecureTransport': 'true' };

/** Condition keys of a role that acts (IAM guide, "AWS global condition context keys"). */
export function roleContext(roleArn: string, place: Place): Record<string, string> {
  return {
    ...CONNECTION,
    'aws:PrincipalArn': roleArn,
    'aws:PrincipalAccount': place.accountId,
    'aws:PrincipalType': 'AssumedRole',
    'aws:ResourceAccount': place.accountId,
    'aws:RequestedRegion': place.region,
  };
}

/** Condition keys of the resource for which a service acts (the same page). */
export function sourceContext(sourceArn: string): Record<string, string> {
  const accountId = sourceArn.split(':')[4];
  return { 'aws:SourceArn': sourceArn, ...(accountId ? { 'aws:SourceAccount': accountId } : {}) };
}
