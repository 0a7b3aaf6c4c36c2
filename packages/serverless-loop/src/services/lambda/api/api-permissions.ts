import { LATEST } from '../../../aws/arn.ts';
import { AwsError } from '../../../aws/errors.ts';
import { parseJsonWithin, SHORT_LIMITS } from '../../../aws/json-limits.ts';
import type { JsonObject, RestAnswer, RestRequest } from '../../../aws/operation.ts';
import { renderStatement } from '../../../aws/policy-document.ts';
import { shown } from '../../../aws/shown.ts';
import type { Statement } from '../../../aws/statement.ts';
import { qualifiedArn } from '../qualifier.ts';
import { type CalledFunction, type Missing, notFound } from './api-function-lookup.ts';

/** What a text of the request must look like (Lambda API reference, "AddPermission"). */
const FORMS = {
  StatementId: /^[\w-]{1,100}$/,
  Action: /^(lambda:\*|lambda:[a-zA-Z]+|\*)$/,
  Principal: /^\S+$/,
  SourceArn: /^arn:[\w-]+:[\w-]+:[^:]*:[^:]*:.*$/,
  SourceAccount: /^\d{12}$/,
} as const;

/** The same as AWS words it. */
const PATTERNS = {
  StatementId: '([a-zA-Z0-9-_]+)',
  Action: '(lambda:[*]|lambda:[a-zA-Z]+|[*])',
  Principal: '[^\\s]+',
  SourceArn: 'arn:(aws[a-zA-Z0-9-]*):([a-zA-Z0-9\\-])+:([a-z]{2}(-gov)?-[a-z]+-\\d{1})?:(\\d{12})?:(.*)',
  SourceAccount: '\\d{12}',
} as const;

/** An account, everybody, an ARN or a service. */
const PRINCIPAL = /^(\d{12}|\*|arn:\S+|[\w.-]+\.amazonaws\.com(\.cn)?)$/;

/** The refusals of this file are worded as in LocalStack's record, test_lambda_api.snapshot.json, test_permission_exceptions. */
export const noFunctionToPermit: Missing = (arn, qualifier) =>
  notFound(isAlias(qualifier) ? `Cannot find alias arn: ${arn}` : `Function not found: ${arn}`);

export const noFunctionToForbid: Missing = (arn, qualifier) =>
  notFound(isAlias(qualifier) ? `Cannot find alias arn: ${arn}` : `No policy found for: ${arn}`);

/** A version is a number, `$LATEST` or nothing that can be. */
function isAlias(qualifier: string | undefined): boolean {
  return qualifier !== undefined && /^(?!\d+$)[\w-]+$/.test(qualifier);
}

/** AddPermission: one more statement in the policy of the function, the version or the alias that is called. */
export function addPermission(request: RestRequest, { fn, qualifier }: CalledFunction): RestAnswer {
  if (qualifier === LATEST) throw invalid(`We currently do not support adding policies for ${LATEST}.`);
  const input = parseBody(request);
  const sid = required(input, 'StatementId');
  const resource = qualifiedArn(fn, qualifier);
  if (find(fn.resourcePolicy, sid, resource)) {
    throw new AwsError(
      'ResourceConflictException',
      `The statement id (${sid}) provided already exists. Please provide a new statement id, or remove the existing statement.`,
      { status: 409, members: { Type: 'User' } },
    );
  }
  const statement = statementOf(input, sid, resource);
  const others = fn.resourcePolicy.filter(({ resources }) => resources?.includes(resource));
  refuseTooLong([...others, statement]);
  fn.resourcePolicy.push(statement);
  return {
    status: 201,
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ Statement: JSON.stringify(renderStatement(statement)) }),
  };
}

/** A function's policy has at most 20 KB (Lambda guide, "Lambda quotas"). */
const LARGEST_POLICY_BYTES = 20 * 1024;

function refuseTooLong(policy: Statement[]): void {
  const bytes = Buffer.byteLength(JSON.stringify(policy.map(renderStatement)));
  if (bytes > LARGEST_POLICY_BYTES)
    throw new AwsError(
      'PolicyLengthExceededException',
      `The final policy size (${bytes}) is bigger than the limit (${LARGEST_POLICY_BYTES}).`,
      { members: { Type: 'User' } },
    );
}

/** RemovePermission. */
export function removePermission(request: RestRequest, { fn, qualifier }: CalledFunction): RestAnswer {
  const sid = request.params.statementId ?? '';
  const resource = qualifiedArn(fn, qualifier);
  if (!fn.resourcePolicy.some(({ resources }) => resources?.includes(resource)))
    throw notFound('No policy is associated with the given resource.');
  const found = find(fn.resourcePolicy, sid, resource);
  if (!found) throw notFound(`Statement ${sid} is not found in resource policy.`);
  fn.resourcePolicy.splice(fn.resourcePolicy.indexOf(found), 1);
  return { status: 204 };
}

function find(policy: Statement[], sid: string, resource: string): Statement | undefined {
  return policy.find((statement) => statement.sid === sid && statement.resources?.includes(resource));
}

function statementOf(input: JsonObject, sid: string, resource: string): Statement {
  const action = required(input, 'Action');
  const principal = required(input, 'Principal');
  if (!PRINCIPAL.test(principal))
    throw invalid('The provided principal was invalid. Please check the principal and try again.');
  const sourceArn = optional(input, 'SourceArn');
  const sourceAccount = optional(input, 'SourceAccount');
  const conditions = {
    ...(sourceArn !== undefined && { ArnLike: { 'aws:SourceArn': [sourceArn] } }),
    ...(sourceAccount !== undefined && { StringEquals: { 'aws:SourceAccount': [sourceAccount] } }),
  };
  return {
    sid,
    effect: 'Allow',
    principals: /\.amazonaws\.com$/.test(principal) ? { Service: [principal] } : { AWS: [principal] },
    actions: [action],
    resources: [resource],
    ...(Object.keys(conditions).length > 0 && { conditions }),
  };
}

function parseBody({ body }: RestRequest): JsonObject {
  try {
    const input = parseJsonWithin(body.toString(), SHORT_LIMITS);
    if (typeof input === 'object' && input !== null && !Array.isArray(input)) return { ...input };
  } catch {
    // Told below, as for JSON of another kind.
  }
  throw new AwsError('SerializationException', 'Expected a JSON object as the body');
}

function required(input: JsonObject, name: keyof typeof FORMS): string {
  const text = optional(input, name);
  if (text !== undefined) return text;
  throw new AwsError(
    'ValidationException',
    `1 validation error detected: Value null at '${memberOf(name)}' failed to satisfy constraint: Member must not be null`,
  );
}

function optional(input: JsonObject, name: keyof typeof FORMS): string | undefined {
  const value = input[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string' && FORMS[name].test(value)) return value;
  throw new AwsError(
    'ValidationException',
    `1 validation error detected: Value '${shown(value)}' at '${memberOf(name)}' failed to satisfy constraint: Member must satisfy regular expression pattern: ${PATTERNS[name]}`,
  );
}

function memberOf(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}

function invalid(message: string): AwsError {
  return new AwsError('InvalidParameterValueException', message, { members: { Type: 'User' } });
}
