import type { Place } from '../../aws/arn.ts';
import type { RoleSender } from '../../aws/delivery.ts';
import type { Call, Caller, Need } from '../../aws/operation.ts';
import type { Statement } from '../../aws/statement.ts';
import type { Report } from '../../facts.ts';
import type { RoleModel } from '../../template/model.ts';
import { denial } from './denial.ts';
import { type Evaluation, evaluate } from './evaluate.ts';
import { CONNECTION, roleContext, sourceContext } from './global-context.ts';
import type { Principal } from './principals.ts';
import { joined, judgeResourcePolicy } from './resource-policy.ts';
import { type Credentials, type RoleSession, startRoleSessions } from './role-sessions.ts';
import { type KnownRole, roleTable } from './roles.ts';

/** A function, as far as IAM must know it. */
export interface RoleHolder {
  name: string;
  role: RoleModel;
}

export interface ResourcePolicyRequest {
  statements: Statement[];
  principal: Principal;
  action: string;
  resource: string;
  /** The ARN that the principal acts for, e.g. a rule: `aws:SourceArn`. */
  sourceArn?: string;
  /** Further condition keys. */
  context?: Readonly<Record<string, string>>;
}

export interface Iam {
  /** The same credentials for as long as the function has the same role. */
  credentialsFor(fn: RoleHolder): Credentials;
  /** The role behind an access key, or just the key when the loop didn't hand it out. */
  identify(accessKeyId: string | undefined): Caller;
  /** Throws AwsError, in the shape `service` gives it, when the caller is a role that lacks one of the needs. */
  authorize(call: Pick<Call, 'caller'>, needs: Need[], service: string): void;
  /** The same for what AWS does in the name of a function's role, e.g. sending to its destination. */
  authorizeRole(fn: RoleSender, need: Need): void;
  /** For stacks that come, change and go while the loop runs. */
  roles: {
    has(name: string): boolean;
    find(name: string): KnownRole | undefined;
    byArn(arn: string): RoleModel | undefined;
    list(): KnownRole[];
    /** Makes a role, or gives it other policies. */
    put(role: RoleModel): void;
    remove(role: RoleModel): void;
  };
  /** The role's session that a caller's key stands for. */
  sessionOf(caller: Caller): RoleSession | undefined;
  /** New credentials for a role. */
  assume(session: RoleSession): Credentials;
  /** Judges by a role's trust policy whether a service may assume it for a resource; not where the role is unknown. */
  trusts(roleArn: string, service: string, sourceArn: string): boolean;
  /** Tells whether a resource's own policy lets the principal in. */
  allows(request: ResourcePolicyRequest): boolean;
}

/** More different calls than any stack makes; past it the decisions are worked out anew. */
const MAX_REMEMBERED = 10_000;

/** IAM for the functions' roles. Whoever comes with other keys is the developer, who may do all. */
export function startIam(options: {
  roles: RoleModel[];
  place: Place;
  report: Report;
  /** Told of each call that a role let its holder make, by the name of its session: of a function it is the function's. */
  onAllowed?: (sessionName: string, need: Need) => void;
}): Iam {
  const { place, report, onAllowed } = options;
  const roles = roleTable(options.roles);
  const sessions = startRoleSessions();
  const remembered = new Map<string, Evaluation>();

  function decide(roleArn: string, { action, resource, context = {} }: Need): Evaluation {
    const question = [roleArn, action, resource, ...Object.entries(context).flat()].join(' ');
    const known = remembered.get(question);
    if (known) return known;
    const statements = roles.byArn(roleArn)?.statements ?? [];
    const answer = evaluate(statements, {
      action,
      resource,
      context: { ...roleContext(roleArn, place), ...context },
    });
    if (remembered.size >= MAX_REMEMBERED) remembered.clear();
    remembered.set(question, answer);
    return answer;
  }

  function require(roleArn: string, sessionName: string, need: Need, service: string): void {
    const own = decide(roleArn, need);
    const caller = `arn:${place.partition}:sts::${place.accountId}:assumed-role/${roleName(roleArn)}/${sessionName}`;
    const { action, resource, policy } = need;
    const context = { ...roleContext(roleArn, place), ...need.context };
    const judged = policy && judgeResourcePolicy(policy, { action, resource, context }, { roleArn, caller });
    const decision = judged === undefined ? own.decision : joined(own.decision, judged);
    if (decision === 'Allow') return;
    const isResources = judged === 'ExplicitDeny' && own.decision !== 'ExplicitDeny';
    report({
      kind: 'call.denied',
      caller: sessionName,
      action,
      resource,
      reason: isResources ? "the resource's policy denies it" : reasonOf(decision, own.unknownOperators),
    });
    throw denial({ service, caller, action, resource, decision, isResources });
  }

  function allows({
    statements,
    principal,
    action,
    resource,
    sourceArn,
    context: more,
  }: ResourcePolicyRequest) {
    const context = {
      ...CONNECTION,
      ...(sourceArn === undefined ? {} : sourceContext(sourceArn)),
      ...more,
    };
    return evaluate(statements, { action, resource, principal, context }).decision === 'Allow';
  }

  return {
    credentialsFor(fn) {
      // Of a role that another stack made, the template knows no more than its ARN.
      if (!roles.byArn(fn.role.arn)) roles.put(fn.role);
      return sessions.open(fn);
    },
    identify(accessKeyId) {
      if (accessKeyId === undefined) return {};
      const session = sessions.find(accessKeyId);
      return session ? { accessKeyId, roleArn: session.role.arn } : { accessKeyId };
    },
    sessionOf: ({ accessKeyId }) => (accessKeyId === undefined ? undefined : sessions.find(accessKeyId)),
    assume: sessions.assume,
    authorize({ caller }, needs, service) {
      const { roleArn, accessKeyId = '' } = caller;
      if (roleArn === undefined) return;
      const sessionName = sessions.find(accessKeyId)?.name ?? roleName(roleArn);
      for (const need of needs) {
        require(roleArn, sessionName, need, service);
        onAllowed?.(sessionName, need);
      }
    },
    authorizeRole(fn, need) {
      require(fn.role.arn, fn.name, need, need.action.split(':', 1)[0] ?? '');
    },
    roles: {
      has: (name) => roles.byName(name) !== undefined,
      find: roles.byName,
      byArn: roles.byArn,
      list: roles.list,
      put(role) {
        roles.put(role);
        remembered.clear();
      },
      remove(role) {
        roles.remove(role);
        remembered.clear();
      },
    },
    trusts(roleArn, service, sourceArn) {
      const statements = roles.byArn(roleArn)?.declared?.trust ?? [];
      return allows({
        statements,
        principal: { service },
        action: 'sts:AssumeRole',
        resource: roleArn,
        sourceArn,
      });
    },
    allows,
  };
}

function roleName(roleArn: string): string {
  return roleArn.slice(roleArn.lastIndexOf('/') + 1);
}

function reasonOf(decision: Evaluation['decision'], unknownOperators: string[]): string {
  const why =
    decision === 'ExplicitDeny'
      ? 'its role has a policy that denies it'
      : "none of its role's policies allows it";
  if (unknownOperators.length === 0) return why;
  return `${why} (left out: statements with ${unknownOperators.join(', ')}, which the loop can't evaluate)`;
}
