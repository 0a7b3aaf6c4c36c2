import { LATEST, parseArn } from '../../../aws/arn.ts';
import { AwsError } from '../../../aws/errors.ts';
import { boolean, oneOf, required, text } from '../../../aws/members.ts';
import { renderPolicyDocument, renderStatement } from '../../../aws/policy-document.ts';
import type { Statement } from '../../../aws/statement.ts';
import { qualifiedArn } from '../qualifier.ts';
import { functionArn, functionOf, type Missing, notFound } from './api-function-lookup.ts';
import { operation } from './context.ts';
import { invalid } from './function-errors.ts';
import { QUALIFIED_FUNCTION } from './shapes.ts';

/** An account, everybody, an ARN or a service. */
const PRINCIPAL = /^(\d{12}|\*|arn:\S+|[\w.-]+\.amazonaws\.com(\.cn)?)$/;

/** A function's policy has at most 20 KB (Lambda guide, "Lambda quotas"). */
const MAX_POLICY_BYTES = 20 * 1024;

interface PermissionInput {
  Action: string;
  Principal: string;
  SourceArn?: string;
  SourceAccount?: string;
  EventSourceToken?: string;
  PrincipalOrgID?: string;
  FunctionUrlAuthType?: string;
  InvokedViaFunctionUrl?: boolean;
}

/** The refusals of this file are worded as in LocalStack's record, test_lambda_api.snapshot.json, test_permission_exceptions. */
export const PERMISSION_OPERATIONS = {
  /** Of the function, the version or the alias that is asked for: each has its own. */
  GetPolicy: operation({
    route: 'GET /2015-03-31/functions/{FunctionName}/policy',
    input: QUALIFIED_FUNCTION,
    output: { Policy: text(), RevisionId: text() },
    needs: functionArn,
    handle(input, context) {
      const { fn, qualifier } = functionOf(input, context, nothingThere);
      const arn = qualifiedArn(fn, qualifier);
      const statements = fn.resourcePolicy.filter(({ resources }) => resources?.includes(arn));
      if (statements.length === 0) throw nothingThere();
      return { Policy: renderPolicyDocument(statements), RevisionId: context.deployment.revisionId };
    },
  }),

  /** Adds a statement to the policy of the function, the version or the alias that is called. */
  AddPermission: operation({
    route: 'POST /2015-03-31/functions/{FunctionName}/policy',
    status: 201,
    input: {
      ...QUALIFIED_FUNCTION,
      StatementId: required(text({ min: 1, max: 100, pattern: '([a-zA-Z0-9-_]+)' })),
      Action: required(text({ max: 10_000, pattern: '(lambda:[*]|lambda:[a-zA-Z]+|[*])' })),
      Principal: required(text({ max: 2048, pattern: '[^\\s]+' })),
      SourceArn: text({
        max: 10_000,
        pattern:
          'arn:(aws[a-zA-Z0-9-]*):([a-zA-Z0-9\\-])+:((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1})?:(\\d{12})?:(.*)',
      }),
      SourceAccount: text({ max: 12, pattern: '\\d{12}' }),
      EventSourceToken: text({ max: 256, pattern: '[a-zA-Z0-9._\\-]+' }),
      PrincipalOrgID: text({ min: 12, max: 34, pattern: 'o-[a-z0-9]{10,32}' }),
      FunctionUrlAuthType: oneOf(['NONE', 'AWS_IAM']),
      InvokedViaFunctionUrl: boolean(),
    },
    output: { Statement: text() },
    needs: functionArn,
    handle(input, context) {
      const { fn, qualifier } = functionOf(input, context, noFunctionToPermit);
      if (qualifier === LATEST) throw invalid(`We currently do not support adding policies for ${LATEST}.`);
      const { StatementId: sid } = input;
      const resource = qualifiedArn(fn, qualifier);
      if (find(fn.resourcePolicy, sid, resource)) throw alreadyThere(sid);
      const statement = statementOf(input, sid, resource);
      const others = fn.resourcePolicy.filter(({ resources }) => resources?.includes(resource));
      refuseTooLong([...others, statement]);
      fn.resourcePolicy.push(statement);
      return { Statement: JSON.stringify(renderStatement(statement)) };
    },
  }),

  RemovePermission: operation({
    route: 'DELETE /2015-03-31/functions/{FunctionName}/policy/{StatementId}',
    status: 204,
    input: {
      ...QUALIFIED_FUNCTION,
      StatementId: required(text({ at: 'path', min: 1, max: 100, pattern: '([a-zA-Z0-9-_.]+)' })),
    },
    needs: functionArn,
    handle(input, context) {
      const { fn, qualifier } = functionOf(input, context, noFunctionToForbid);
      const { StatementId: sid } = input;
      const resource = qualifiedArn(fn, qualifier);
      if (!fn.resourcePolicy.some(({ resources }) => resources?.includes(resource)))
        throw notFound('No policy is associated with the given resource.');
      const found = find(fn.resourcePolicy, sid, resource);
      if (!found) throw notFound(`Statement ${sid} is not found in resource policy.`);
      fn.resourcePolicy.splice(fn.resourcePolicy.indexOf(found), 1);
      return {};
    },
  }),
};

const nothingThere = () => notFound('The resource you requested does not exist.');

const noFunctionToPermit: Missing = (arn, qualifier) =>
  notFound(isAlias(qualifier) ? `Cannot find alias arn: ${arn}` : `Function not found: ${arn}`);

const noFunctionToForbid: Missing = (arn, qualifier) =>
  notFound(isAlias(qualifier) ? `Cannot find alias arn: ${arn}` : `No policy found for: ${arn}`);

/** A version is a number, `$LATEST` or nothing that can be. */
function isAlias(qualifier: string | undefined): boolean {
  return qualifier !== undefined && /^(?!\d+$)[\w-]+$/.test(qualifier);
}

function refuseTooLong(policy: Statement[]): void {
  const bytes = Buffer.byteLength(JSON.stringify(policy.map(renderStatement)));
  if (bytes > MAX_POLICY_BYTES)
    throw new AwsError(
      'PolicyLengthExceededException',
      `The final policy size (${bytes}) is bigger than the limit (${MAX_POLICY_BYTES}).`,
    );
}

function alreadyThere(sid: string): AwsError {
  return new AwsError(
    'ResourceConflictException',
    `The statement id (${sid}) provided already exists. Please provide a new statement id, or remove the existing statement.`,
    { status: 409 },
  );
}

function find(policy: Statement[], sid: string, resource: string): Statement | undefined {
  return policy.find((statement) => statement.sid === sid && statement.resources?.includes(resource));
}

function statementOf(given: PermissionInput, sid: string, resource: string): Statement {
  const { Action, Principal } = given;
  if (!PRINCIPAL.test(Principal))
    throw invalid('The provided principal was invalid. Please check the principal and try again.');
  const conditions = conditionsOf(given);
  return {
    sid,
    effect: 'Allow',
    principals: principalsOf(Principal, parseArn(resource)?.partition ?? 'aws'),
    actions: [Action],
    resources: [resource],
    ...(Object.keys(conditions).length > 0 && { conditions }),
  };
}

/** An account is told by its root (test_add_lambda_permission_fields of the same record). */
function principalsOf(principal: string, partition: string): NonNullable<Statement['principals']> {
  if (/\.amazonaws\.com(\.cn)?$/.test(principal)) return { Service: [principal] };
  return { AWS: [/^\d{12}$/.test(principal) ? `arn:${partition}:iam::${principal}:root` : principal] };
}

/** As the policy has them (test_add_lambda_permission_fields of the same record; Lambda guide, "Control access to Lambda function URLs"). */
function conditionsOf(given: PermissionInput): NonNullable<Statement['conditions']> {
  const { SourceArn, SourceAccount, EventSourceToken, PrincipalOrgID, FunctionUrlAuthType } = given;
  const equal = {
    ...(SourceAccount !== undefined && { 'aws:SourceAccount': [SourceAccount] }),
    ...(EventSourceToken !== undefined && { 'lambda:EventSourceToken': [EventSourceToken] }),
    ...(PrincipalOrgID !== undefined && { 'aws:PrincipalOrgID': [PrincipalOrgID] }),
    ...(FunctionUrlAuthType !== undefined && { 'lambda:FunctionUrlAuthType': [FunctionUrlAuthType] }),
  };
  return {
    ...(SourceArn !== undefined && { ArnLike: { 'aws:SourceArn': [SourceArn] } }),
    ...(Object.keys(equal).length > 0 && { StringEquals: equal }),
    ...(given.InvokedViaFunctionUrl !== undefined && {
      Bool: { 'lambda:InvokedViaFunctionUrl': [String(given.InvokedViaFunctionUrl)] },
    }),
  };
}
