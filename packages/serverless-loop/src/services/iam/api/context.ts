import type { Place } from '../../../aws/arn.ts';
import { pageOf } from '../../../aws/page.ts';
import { operationsOf } from '../../../aws/service.ts';
import type { Statement } from '../../../aws/statement.ts';
import type { RoleDeclaration, RoleModel } from '../../../template/model.ts';
import type { Iam } from '../authorize.ts';
import { invalidMarker, noSuchRole } from '../iam-errors.ts';
import { managedPolicyArn } from '../managed-policy-arn.ts';
import { defaultStatements, type OwnPolicies } from '../own-policies.ts';
import { type StatementsOf, withDeclaration } from '../role-grants.ts';
import type { KnownRole } from '../roles.ts';

/** IAM's operations work on these. */
export interface IamContext {
  place: Place;
  roles: Pick<Iam['roles'], 'find' | 'list' | 'put' | 'remove'>;
  /** Those of AWS whose meaning is known here, by name. */
  managedPolicies: Readonly<Record<string, Statement[]>>;
  /** Those that calls have made. */
  policies: OwnPolicies;
  /** Epoch milliseconds. */
  now(): number;
}

export const operation = operationsOf<IamContext>();

/** Items of a page when a call doesn't say how many (IAM API reference, "ListRoles", MaxItems). */
const PAGE_SIZE = 100;

export function page<Item>(
  items: readonly Item[],
  { Marker, MaxItems = PAGE_SIZE }: { Marker?: string; MaxItems?: number },
  listName: string,
) {
  const { items: some, nextToken } = pageOf(items, {
    list: listName,
    limit: MaxItems,
    token: Marker,
    refusal: invalidMarker,
  });
  return { items: some, IsTruncated: nextToken !== undefined, Marker: nextToken };
}

export function roleOf(name: string, { roles }: IamContext): KnownRole {
  const known = roles.find(name);
  if (!known) throw noSuchRole(name);
  return known;
}

export function ownRole({ RoleName = '*' }: { RoleName?: string }, { roles }: IamContext): string[] {
  return [roles.find(RoleName)?.role.arn ?? RoleName];
}

/** All that is said of a role, where a function has only named it. */
export function declarationOf({ declared }: RoleModel): RoleDeclaration {
  return declared ?? { path: '/', trust: [], inline: [], managed: [] };
}

/** Changes what is said of a role, and with its policies what it may do. */
export function changeRole(
  role: RoleModel,
  change: Partial<RoleDeclaration>,
  context: IamContext,
  statementsBefore?: StatementsOf,
): void {
  const declared = { ...declarationOf(role), ...change };
  context.roles.put(withDeclaration(role, declared, statementsOf(context), statementsBefore));
}

export function statementsOf({ managedPolicies, policies }: IamContext): StatementsOf {
  return (policy) => {
    const own = policies.find(policy);
    if (own) return defaultStatements(own);
    const name = policy.slice(policy.lastIndexOf('/') + 1);
    const isOfAws = !policy.startsWith('arn:') || /^arn:[\w-]+:iam::aws:policy\//.test(policy);
    return isOfAws && Object.hasOwn(managedPolicies, name) ? (managedPolicies[name] ?? []) : [];
  };
}

/** The ARNs of a role's managed policies. */
export function managedArns(role: RoleModel, { place }: IamContext): string[] {
  return declarationOf(role).managed.map((policy) => managedPolicyArn(policy, place.partition));
}

/** Those that have it attached. */
export function rolesWith(arn: string, context: IamContext): RoleModel[] {
  return context.roles
    .list()
    .map(({ role }) => role)
    .filter((role) => managedArns(role, context).includes(arn));
}
