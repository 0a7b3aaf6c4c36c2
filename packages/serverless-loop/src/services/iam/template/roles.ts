import type { Statement } from '../../../aws/statement.ts';
import type { RoleModel } from '../../../template/model.ts';
import type { Properties } from '../../../template/properties.ts';
import type { Resource } from '../../../template/resource.ts';
import { readPolicyDocument, readStatements } from '../../../template/statements.ts';
import type { World } from '../../../template/world.ts';
import { MANAGED_POLICIES } from './managed-policies.ts';

const KNOWN_OF_ROLE = [
  'AssumeRolePolicyDocument',
  'Description',
  'ManagedPolicyArns',
  'MaxSessionDuration',
  'Path',
  'PermissionsBoundary',
  'Policies',
  'RoleName',
  'Tags',
];
const KNOWN_OF_POLICY: Record<string, string[]> = {
  'AWS::IAM::Policy': ['Groups', 'PolicyDocument', 'PolicyName', 'Roles', 'Users'],
  'AWS::IAM::RolePolicy': ['PolicyDocument', 'PolicyName', 'RoleName'],
  'AWS::IAM::ManagedPolicy': [
    'Description',
    'Groups',
    'ManagedPolicyName',
    'Path',
    'PolicyDocument',
    'Roles',
    'Tags',
    'Users',
  ],
};

interface Policy {
  /** Of an inline policy. */
  name: string;
  isManaged: boolean;
  /** Only managed policies have one. */
  arn: string;
  roleNames: string[];
  statements: Statement[];
}

/** Every AWS::IAM::Role with all that its policies allow, its own and those attached to it. */
export function readRoles(world: World): RoleModel[] {
  const policies = Object.keys(KNOWN_OF_POLICY).flatMap((type) => world.each(type, readPolicy));
  return world.each('AWS::IAM::Role', (resource) => readRole(resource, policies, world));
}

function readPolicy(resource: Resource, world: World): Policy {
  const properties = world.read(resource, KNOWN_OF_POLICY[resource.type] ?? []);
  world.reports.emulated(resource);
  const isManaged = resource.type === 'AWS::IAM::ManagedPolicy';
  const roleName = properties.text('RoleName');
  const policy = {
    name: isManaged ? world.scope.nameOf(resource) : properties.requiredText('PolicyName'),
    isManaged,
    arn: world.scope.physicalId(resource),
    roleNames: [...properties.texts('Roles'), ...(roleName === undefined ? [] : [roleName])],
    statements: readPolicyDocument(properties, 'identity'),
  };
  attachElsewhere(policy, resource, world);
  return policy;
}

/** Gives the policy to those of its roles that are of other stacks. */
function attachElsewhere(
  { name: policyName, isManaged, arn, roleNames, statements }: Policy,
  resource: Resource,
  world: World,
): void {
  if (!world.deployment) return;
  const own = world.declared('AWS::IAM::Role').map((role) => world.scope.nameOf(role));
  const elsewhere = roleNames.filter((name) => !own.includes(name));
  if (elsewhere.length === 0) return;
  world.attachments.push({
    kind: 'rolePolicy',
    logicalId: resource.logicalId,
    name: world.scope.physicalId(resource),
    roleNames: elsewhere,
    policyName,
    ...(isManaged && { managedArn: arn }),
    statements,
  });
}

function readRole(resource: Resource, policies: readonly Policy[], world: World): RoleModel {
  const properties = world.read(resource, KNOWN_OF_ROLE);
  const name = world.name(resource, properties, 'RoleName', /^[\w+=,.@-]{1,64}$/);
  world.reports.emulated(resource);
  const trust = properties.section('AssumeRolePolicyDocument');
  const trustStatements = trust ? readStatements(trust, 'trust') : [];
  if (!properties.has('AssumeRolePolicyDocument'))
    properties.complain('AssumeRolePolicyDocument', 'expected a map, found nothing');
  world.reportLeftOut(resource, properties);
  const given = managedPolicyArns(properties);
  const inline = properties.sections('Policies').map((policy) => ({
    name: policy.text('PolicyName') ?? '',
    statements: readPolicyDocument(policy, 'identity'),
  }));
  const attached = policies.filter(({ roleNames }) => roleNames.includes(name));
  const description = properties.text('Description');
  const maximumSessionSeconds = properties.integer('MaxSessionDuration', 3600, 43_200);
  return {
    name,
    arn: world.arn(resource),
    statements: [
      ...given.flatMap((policy) => managed(policy, resource, policies, world)),
      ...inline.flatMap(({ statements }) => statements),
      ...attached.flatMap(({ statements }) => statements),
    ],
    declared: {
      path: properties.text('Path') ?? '/',
      ...(description !== undefined && { description }),
      ...(maximumSessionSeconds !== undefined && { maximumSessionSeconds }),
      trust: trustStatements,
      inline: [...inline, ...attached.filter(({ isManaged }) => !isManaged)].map(
        ({ name: policyName, statements }) => ({ name: policyName, statements }),
      ),
      managed: [...given, ...attached.filter(({ isManaged }) => isManaged)].map(({ arn }) => arn),
    },
  };
}

function managedPolicyArns(properties: Properties): { arn: string; line: number }[] {
  const node = properties.node('ManagedPolicyArns');
  const lines = node?.kind === 'list' ? node.items.map(({ line }) => line) : [];
  const arns = properties.texts('ManagedPolicyArns');
  return arns.map((arn, index) => ({ arn, line: lines[index] ?? properties.line }));
}

/** A managed policy of the template, or one of AWS's own by its ARN or name. */
function managed(
  { arn, line }: { arn: string; line: number },
  role: Resource,
  policies: readonly Policy[],
  world: World,
): Statement[] {
  const own = policies.find((policy) => policy.arn === arn);
  if (own) return own.statements;
  const name = arn.slice(arn.lastIndexOf('/') + 1);
  const statements = Object.hasOwn(MANAGED_POLICIES, name) ? MANAGED_POLICIES[name] : undefined;
  if (statements) return statements;
  world.reports.part(role, name, line, 'accepted', `what ${arn} allows is not known here: it grants nothing`);
  return [];
}
