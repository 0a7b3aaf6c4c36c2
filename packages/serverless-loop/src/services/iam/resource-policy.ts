import type { Statement } from '../../aws/statement.ts';
import { type AccessRequest, type Evaluation, evaluate } from './evaluate.ts';

type Decision = Evaluation['decision'];

/** The principal that a role's call has for a resource's policy: the role, and its session by its own ARN. */
interface RolePrincipal {
  roleArn: string;
  /** Of the session. */
  caller: string;
}

/** Judges a role of the resource's own account by the policy of the resource alone. */
export function judgeResourcePolicy(
  policy: readonly Statement[],
  request: AccessRequest,
  { roleArn, caller }: RolePrincipal,
): Decision {
  const judge = (statements: Statement[]) =>
    [roleArn, caller].map((aws) => evaluate(statements, { ...request, principal: { aws } }).decision);
  if (judge([...policy]).includes('ExplicitDeny')) return 'ExplicitDeny';
  return judge(policy.map(withoutAccounts)).includes('Allow') ? 'Allow' : 'ImplicitDeny';
}

/** A Deny of either counts, and else an Allow of either (IAM guide, "Policy evaluation logic", within one account). */
export function joined(identity: Decision, resource: Decision): Decision {
  if (identity === 'ExplicitDeny' || resource === 'ExplicitDeny') return 'ExplicitDeny';
  return identity === 'Allow' || resource === 'Allow' ? 'Allow' : 'ImplicitDeny';
}

/** An account as principal leaves it to its own policies whom it lets in (the same guide, "AWS JSON policy elements: Principal"). */
function withoutAccounts(statement: Statement): Statement {
  const { principals } = statement;
  if (statement.effect !== 'Allow' || !principals?.AWS) return statement;
  const AWS = principals.AWS.filter((name) => !/^\d{12}$|:iam::\d{12}:root$/.test(name));
  return { ...statement, principals: { ...principals, AWS } };
}
