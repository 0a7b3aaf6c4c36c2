import { list, required, structure, text } from '../../../aws/members.ts';
import { noSuchEntity } from '../iam-errors.ts';
import { checkedPolicy } from '../policy-check.ts';
import {
  changeRole,
  declarationOf,
  type IamContext,
  managedArns,
  operation,
  ownRole,
  page,
  roleOf,
} from './context.ts';
import { nameInArn, noSuchPolicy, pathInArn, refuseNoArn } from './policy-view.ts';
import { encoded } from './role-operations.ts';
import { ARN, DOCUMENT, LISTED, OF_ROLE, PAGED, POLICY_NAME, POLICY_PATH } from './shapes.ts';

/** A role's own policies, and the managed ones that are attached to it. */
export const ROLE_POLICY_OPERATIONS = {
  PutRolePolicy: operation({
    input: { ...OF_ROLE, PolicyName: POLICY_NAME, PolicyDocument: required(DOCUMENT) },
    needs: ownRole,
    handle({ RoleName, PolicyName: name, PolicyDocument: text }, context) {
      const { role } = roleOf(RoleName, context);
      const own = { name, statements: checkedPolicy(text, 'identity'), text };
      const { inline } = declarationOf(role);
      const isThere = inline.some((other) => other.name === name);
      const next = isThere ? inline.map((other) => (other.name === name ? own : other)) : [...inline, own];
      changeRole(role, { inline: next }, context);
      return {};
    },
  }),

  GetRolePolicy: operation({
    input: { ...OF_ROLE, PolicyName: POLICY_NAME },
    output: { RoleName: text(), PolicyName: text(), PolicyDocument: text() },
    needs: ownRole,
    handle({ RoleName, PolicyName }, context) {
      const { role } = roleOf(RoleName, context);
      const policy = declarationOf(role).inline.find(({ name }) => name === PolicyName);
      if (!policy) throw noRolePolicy(PolicyName);
      return {
        RoleName: role.name,
        PolicyName,
        PolicyDocument: encoded(policy.text, policy.statements),
      };
    },
  }),

  DeleteRolePolicy: operation({
    input: { ...OF_ROLE, PolicyName: POLICY_NAME },
    needs: ownRole,
    handle({ RoleName, PolicyName }, context) {
      const { role } = roleOf(RoleName, context);
      const { inline } = declarationOf(role);
      const kept = inline.filter(({ name }) => name !== PolicyName);
      if (kept.length === inline.length) throw noRolePolicy(PolicyName);
      changeRole(role, { inline: kept }, context);
      return {};
    },
  }),

  ListRolePolicies: operation({
    input: { ...OF_ROLE, ...LISTED },
    output: { PolicyNames: list(text()), ...PAGED },
    needs: ownRole,
    handle(input, context) {
      const { role } = roleOf(input.RoleName, context);
      const { items, ...more } = page(declarationOf(role).inline, input, `policies of ${role.name}`);
      return { PolicyNames: items.map(({ name }) => name), ...more };
    },
  }),

  AttachRolePolicy: operation({
    input: { ...OF_ROLE, PolicyArn: required(ARN) },
    needs: ownRole,
    handle({ RoleName, PolicyArn }, context) {
      const { role } = roleOf(RoleName, context);
      refuseNoArn(PolicyArn);
      if (!isAttachable(PolicyArn, context)) throw noSuchPolicy(PolicyArn);
      if (managedArns(role, context).includes(PolicyArn)) return {};
      changeRole(role, { managed: [...declarationOf(role).managed, PolicyArn] }, context);
      return {};
    },
  }),

  DetachRolePolicy: operation({
    input: { ...OF_ROLE, PolicyArn: required(ARN) },
    needs: ownRole,
    handle({ RoleName, PolicyArn }, context) {
      const { role } = roleOf(RoleName, context);
      refuseNoArn(PolicyArn);
      const arns = managedArns(role, context);
      if (!arns.includes(PolicyArn)) throw noSuchEntity(`Policy ${PolicyArn} was not found.`);
      const managed = declarationOf(role).managed.filter((_, at) => arns[at] !== PolicyArn);
      changeRole(role, { managed }, context);
      return {};
    },
  }),

  ListAttachedRolePolicies: operation({
    input: { ...OF_ROLE, ...LISTED, PathPrefix: POLICY_PATH },
    output: { AttachedPolicies: list(structure({ PolicyName: text(), PolicyArn: text() })), ...PAGED },
    needs: ownRole,
    handle(input, context) {
      const { role } = roleOf(input.RoleName, context);
      const { PathPrefix: prefix = '/' } = input;
      const wanted = managedArns(role, context).filter((arn) => pathInArn(arn).startsWith(prefix));
      const { items, ...more } = page(wanted, input, `policies ${prefix} attached to ${role.name}`);
      return {
        AttachedPolicies: items.map((arn) => ({ PolicyName: nameInArn(arn), PolicyArn: arn })),
        ...more,
      };
    },
  }),
};

function noRolePolicy(name: string) {
  return noSuchEntity(`The role policy with name ${name} cannot be found.`);
}

/** One of AWS's own is let pass whether its meaning is known here or not: then it grants nothing. */
function isAttachable(arn: string, { policies }: IamContext): boolean {
  return policies.find(arn) !== undefined || /^arn:[\w-]+:iam::aws:policy\//.test(arn);
}
