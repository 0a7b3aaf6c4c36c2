import { AwsError } from '../../aws/errors.ts';
import { parseObject } from '../../aws/json-limits.ts';
import { isObject, type JsonObject } from '../../aws/json-object.ts';
import { parsePolicyDocument, textsOf } from '../../aws/policy-parsing.ts';
import type { Statement } from '../../aws/statement.ts';

const OF_DOCUMENT = ['Version', 'Id', 'Statement'];
const OF_STATEMENT = [
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
];
const SYNTAX = 'Syntax errors in policy.';

/**
 * The statements of a document that a call brings. Throws IAM's error for what it refuses, in the words that moto's tests
 * have from AWS (getmoto/moto, tests/test_iam/test_iam_policies.py, test_iam_assume_role_policies.py).
 */
export function checkedPolicy(text: string, kind: 'identity' | 'trust'): Statement[] {
  const document = parseObject(text);
  if (!document) throw malformed(kind === 'trust' ? 'This policy contains invalid Json' : SYNTAX);
  const { Version, Statement: given } = document;
  refuseOthers(document, OF_DOCUMENT);
  if (Version !== undefined && Version !== '2012-10-17' && Version !== '2008-10-17') throw malformed(SYNTAX);
  if (document.Id !== undefined && typeof document.Id !== 'string') throw malformed(SYNTAX);
  if (kind === 'identity' && Version !== '2012-10-17')
    throw malformed('Policy document must be version 2012-10-17 or greater.');
  const listed = Array.isArray(given) ? given : [given];
  for (const item of listed) {
    if (!isObject(item)) throw malformed(SYNTAX);
    refuseStatement(item, kind);
  }
  const ids = listed.flatMap((item) => (isObject(item) && item.Sid !== undefined ? [item.Sid] : []));
  if (new Set(ids).size < ids.length)
    throw malformed('Statement IDs (SID) in a single policy must be unique.');
  const statements = parsePolicyDocument(text);
  if (!statements) throw malformed(SYNTAX);
  return statements;
}

function refuseStatement(statement: JsonObject, kind: 'identity' | 'trust'): void {
  refuseOthers(statement, OF_STATEMENT);
  const { Effect, Action, NotAction, Resource, NotResource, Principal, NotPrincipal } = statement;
  if (Effect !== 'Allow' && Effect !== 'Deny') throw malformed(SYNTAX);
  const actions = Action ?? NotAction;
  if ((Action !== undefined && NotAction !== undefined) || !isTexts(actions ?? [])) throw malformed(SYNTAX);
  if (actions === undefined || (Array.isArray(actions) && actions.length === 0))
    throw malformed('Policy statement must contain actions.');
  for (const action of textsOf(actions)) refuseAction(action);
  if (kind === 'trust') {
    if (Resource !== undefined || NotResource !== undefined) throw malformed('Has prohibited field Resource');
    if (Principal === undefined && NotPrincipal === undefined)
      throw malformed('Missing required field Principal');
    return;
  }
  if (Principal !== undefined || NotPrincipal !== undefined)
    throw malformed('Policy document should not specify a principal.');
  const resources = Resource ?? NotResource;
  if ((Resource !== undefined && NotResource !== undefined) || !isTexts(resources ?? []))
    throw malformed(SYNTAX);
  if (resources === undefined || (Array.isArray(resources) && resources.length === 0))
    throw malformed('Policy statement must contain resources.');
  for (const resource of textsOf(resources))
    if (resource !== '*' && !/^arn:[^:]*:/.test(resource))
      throw malformed(`Resource ${resource} must be in ARN format or "*".`);
}

function refuseAction(action: string): void {
  if (action === '*') return;
  const parts = action.split(':');
  if (parts.length === 1)
    throw malformed('Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.');
  if (parts.length > 2) throw malformed('Actions/Condition can contain only one colon.');
  const [vendor = ''] = parts;
  if (!/^[a-zA-Z0-9*-]+$/.test(vendor)) throw malformed(`Vendor ${vendor} is not valid`);
}

function refuseOthers(given: JsonObject, known: readonly string[]): void {
  if (Object.keys(given).some((name) => !known.includes(name))) throw malformed(SYNTAX);
}

function isTexts(value: unknown): boolean {
  return (
    typeof value === 'string' || (Array.isArray(value) && value.every((item) => typeof item === 'string'))
  );
}

function malformed(message: string): AwsError {
  return new AwsError('MalformedPolicyDocument', message);
}
