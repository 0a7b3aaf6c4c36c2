import { formatArn, type Place } from '../../../aws/arn.ts';
import { AwsError } from '../../../aws/errors.ts';
import type { Need, RestRequest } from '../../../aws/operation.ts';
import type { FunctionModel } from '../../../template/model.ts';

export interface FunctionLookup {
  find(nameOrArn: string): FunctionModel | undefined;
  place: Place;
}

/** A name, `<account>:function:<name>`, `function:<name>` or an ARN, each with or without a qualifier (Lambda reference, Invoke). */
const FUNCTION_NAME =
  /^(?:arn:[\w-]+:lambda:(?<region>[\w-]+):)?(?:(?<accountId>\d{12}):)?(?:function:)?(?<name>[\w-]+)(?::(?<suffix>[$\w-]+))?$/;

const QUALIFIER = /^[\w$-]+$/;

/** What a refusal quotes (LocalStack's record, test_lambda_api.snapshot.json: test_invalid_invoke, test_permission_exceptions). */
const NAME_PATTERN =
  '(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_\\.]+)(:(\\$LATEST(\\.PUBLISHED)?|[a-zA-Z0-9-_]+))?';
const QUALIFIER_PATTERN = '\\$(LATEST(\\.PUBLISHED)?)|[a-zA-Z0-9-_$]+';

/** What a request names, taken apart. */
interface NamedFunction {
  name: string;
  region: string;
  accountId: string;
  /** A version or an alias, as it was named. */
  qualifier?: string;
}

/** A function as a request calls it. */
export interface CalledFunction {
  fn: FunctionModel;
  qualifier?: string;
}

/** What an operation answers when there is no such function; `arn` as it was called. */
export type Missing = (arn: string, qualifier: string | undefined) => AwsError;

const noFunction: Missing = (arn) => notFound(`Function not found: ${arn}`);

/** The function that a request names in its path and `Qualifier`. Throws the AwsError Lambda gives when there is none. */
export function functionOf(
  request: RestRequest,
  { find, place }: FunctionLookup,
  missing: Missing = noFunction,
): CalledFunction {
  const named = parseNamedFunction(request, place);
  if (!named) throw invalidName(request.params.functionName ?? '');
  if (named.region !== place.region) {
    throw notFound(`Functions from '${named.region}' are not reachable in this region ('${place.region}')`);
  }
  const found = find(named.qualifier === undefined ? named.name : arnOf(named, place));
  if (!found || named.accountId !== place.accountId) throw missing(arnOf(named, place), named.qualifier);
  const { qualifier } = named;
  return { fn: found, ...(qualifier !== undefined && { qualifier }) };
}

/** The right to do an action on the function that a request names. */
export function needOn(action: string, place: Place): (request: RestRequest) => Need[] {
  return (request) => {
    const named = parseNamedFunction(request, place);
    const resource = named ? arnOf(named, place) : String(request.params.functionName);
    return [{ action: `lambda:${action}`, resource }];
  };
}

export function notFound(message: string): AwsError {
  return new AwsError('ResourceNotFoundException', message, { status: 404, members: { Type: 'User' } });
}

/** Undefined when the text names nothing that could be a function. */
function parseNamedFunction({ params, query }: RestRequest, place: Place): NamedFunction | undefined {
  const groups = FUNCTION_NAME.exec(params.functionName ?? '')?.groups;
  if (!groups?.name) return undefined;
  const qualifier = qualifierFrom(query.get('Qualifier') ?? undefined, groups.suffix);
  return {
    name: groups.name,
    region: groups.region ?? place.region,
    accountId: groups.accountId ?? place.accountId,
    ...(qualifier !== undefined && { qualifier }),
  };
}

/** It may stand behind the name, in the query, or in both when both are the same. */
function qualifierFrom(asked: string | undefined, suffix: string | undefined): string | undefined {
  if (asked !== undefined && !QUALIFIER.test(asked)) {
    throw new AwsError(
      'ValidationException',
      `1 validation error detected: Value '${asked}' at 'qualifier' failed to satisfy constraint: Member must satisfy regular expression pattern: ${QUALIFIER_PATTERN}`,
    );
  }
  if (asked !== undefined && suffix !== undefined && asked !== suffix) {
    throw new AwsError(
      'InvalidParameterValueException',
      'The derived qualifier from the function name does not match the specified qualifier.',
      { members: { Type: 'User' } },
    );
  }
  return asked ?? suffix;
}

function arnOf({ name, region, accountId, qualifier }: NamedFunction, place: Place): string {
  const resource = qualifier === undefined ? name : `${name}:${qualifier}`;
  return formatArn({ ...place, region, accountId }, 'lambda', `function:${resource}`);
}

function invalidName(name: string): AwsError {
  return new AwsError(
    'ValidationException',
    `1 validation error detected: Value '${name}' at 'functionName' failed to satisfy constraint: Member must satisfy regular expression pattern: ${NAME_PATTERN}`,
  );
}
