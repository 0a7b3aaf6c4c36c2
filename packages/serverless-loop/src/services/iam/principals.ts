import { parseArn } from '../../aws/arn.ts';
import type { Statement } from '../../aws/statement.ts';

/** The asker: an AWS service, or the ARN of a role or a role's session. */
export type Principal = { service: string } | { aws: string };

/** Tells whether a resource policy's statement means this principal. An identity policy has no principals: it means its owner. */
export function meansPrincipal(
  principals: Statement['principals'],
  principal: Principal | undefined,
): boolean {
  if (principals === undefined) return true;
  if (principal === undefined) return false;
  // `"Principal": "*"` means everyone, services too (IAM guide, "AWS JSON policy elements: Principal").
  if (named(principals, 'AWS').includes('*') || named(principals, '*').includes('*')) return true;
  if ('service' in principal) return named(principals, 'Service').includes(principal.service);
  return named(principals, 'AWS').some((name) => meansArn(name, principal.aws));
}

function named(principals: Record<string, string[]>, kind: string): string[] {
  return principals[kind] ?? [];
}

/** A principal may be an ARN, an account's number, or its root, which stands for all of the account. */
function meansArn(name: string, arn: string): boolean {
  if (name === arn) return true;
  const accountId = /^\d{12}$/.test(name) ? name : accountOfRoot(name);
  return accountId !== undefined && accountId === parseArn(arn)?.accountId;
}

function accountOfRoot(name: string): string | undefined {
  const arn = parseArn(name);
  return arn?.service === 'iam' && arn.resource === 'root' ? arn.accountId : undefined;
}
