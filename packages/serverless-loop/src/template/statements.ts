import type { Statement } from '../aws/statement.ts';
import type { Properties } from './properties.ts';
import { describe, textOf } from './yaml/node.ts';

/** `identity`: what a role may do. `resource`: who may use a resource. `trust`: who may take on a role. */
export type PolicyKind = 'identity' | 'resource' | 'trust';

const ELEMENTS = [
  'Action',
  'Condition',
  'Effect',
  'NotAction',
  'NotPrincipal',
  'NotResource',
  'Principal',
  'Resource',
  'Sid',
];

/** The statements of the `PolicyDocument` that a policy must have. */
export function readPolicyDocument(properties: Properties, kind: PolicyKind): Statement[] {
  const document = properties.section('PolicyDocument');
  if (!properties.has('PolicyDocument'))
    properties.complain('PolicyDocument', 'expected a map, found nothing');
  return document ? readStatements(document, kind) : [];
}

/** The statements of a policy document (IAM user guide, "IAM JSON policy element reference"). */
export function readStatements(document: Properties, kind: PolicyKind): Statement[] {
  document.allowOnly(['Version', 'Id', 'Statement']);
  if (!document.has('Statement'))
    document.complain('Statement', 'expected one or more statements, found nothing');
  // A single statement needs no list.
  const one = document.node('Statement')?.kind === 'fields' ? document.section('Statement') : undefined;
  const statements = one ? [one] : document.sections('Statement');
  return statements.map((statement) => readStatement(statement, kind));
}

function readStatement(statement: Properties, kind: PolicyKind): Statement {
  statement.allowOnly(ELEMENTS);
  requireOne(statement, 'Action', 'NotAction');
  if (kind !== 'trust') requireOne(statement, 'Resource', 'NotResource');
  checkPrincipal(statement, kind);
  if (!statement.has('Effect')) statement.complain('Effect', 'expected Allow or Deny, found nothing');
  const sid = statement.text('Sid');
  return {
    ...(sid !== undefined && { sid }),
    effect: statement.oneOf('Effect', ['Allow', 'Deny']) ?? 'Deny',
    ...(statement.has('Action') && { actions: readActions(statement, 'Action') }),
    ...(statement.has('NotAction') && { notActions: readActions(statement, 'NotAction') }),
    ...(statement.has('Resource') && { resources: statement.texts('Resource') }),
    ...(statement.has('NotResource') && { notResources: statement.texts('NotResource') }),
    ...(statement.has('Principal') && { principals: readPrincipals(statement) }),
    ...(statement.has('Condition') && { conditions: readConditions(statement) }),
  };
}

/** A document whose principals can't be read makes its resource unavailable: AWS would refuse that one, or take it otherwise. */
function checkPrincipal(statement: Properties, kind: PolicyKind): void {
  if (statement.has('NotPrincipal')) statement.giveUp('NotPrincipal', 'is not emulated; name the principals');
  else if (kind === 'identity' && statement.has('Principal'))
    statement.giveUp('Principal', "expected nothing, as a role's own policy names no principal");
  else if (kind !== 'identity' && !statement.has('Principal'))
    statement.giveUp('Principal', 'expected Principal or NotPrincipal, found neither');
}

const PRINCIPAL_KINDS = ['AWS', 'Service', 'Federated', 'CanonicalUser', '*'];

function requireOne(statement: Properties, name: string, opposite: string): void {
  const found = [name, opposite].filter((element) => statement.has(element));
  if (found.length !== 1)
    statement.complain(
      name,
      `expected ${name} or ${opposite}, found ${found.length === 0 ? 'neither' : 'both'}`,
    );
}

function readActions(statement: Properties, name: string): string[] {
  const actions = statement.texts(name);
  for (const action of actions)
    if (action !== '*' && !/^[\w-]+:.+$/.test(action))
      statement.complain(name, `expected actions such as service:Action, found ${JSON.stringify(action)}`);
  return actions;
}

function readPrincipals(statement: Properties): Record<string, string[]> {
  const everyone = textOf(statement.node('Principal')) === '*';
  if (everyone) return { AWS: ['*'] };
  const node = statement.node('Principal');
  if (node?.kind === 'unknown') return {};
  const principals = node?.kind === 'fields' ? statement.section('Principal') : undefined;
  const known = principals?.names().every((name) => PRINCIPAL_KINDS.includes(name)) ?? false;
  if (!known)
    statement.giveUp(
      'Principal',
      `expected "*" or a map of ${PRINCIPAL_KINDS.slice(0, 4).join(', ')}, found ${principals ? principals.names().join(', ') : describe(node)}`,
    );
  return known ? lists(principals) : {};
}

function readConditions(statement: Properties): Record<string, Record<string, string[]>> {
  const operators = statement.section('Condition');
  const names = operators?.names() ?? [];
  return Object.fromEntries(names.map((operator) => [operator, lists(operators?.section(operator))]));
}

function lists(section: Properties | undefined): Record<string, string[]> {
  if (!section) return {};
  return Object.fromEntries(section.names().map((name) => [name, section.texts(name)]));
}
