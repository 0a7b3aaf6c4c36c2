import { formatArn, LATEST, type Place } from '../../../aws/arn.ts';
import { AwsError } from '../../../aws/errors.ts';
import type { FunctionModel } from '../../../template/model.ts';

export interface FunctionLookup {
  find(nameOrArn: string): FunctionModel | undefined;
  place: Place;
}

/** A name, `<account>:function:<name>`, `function:<name>` or an ARN, each with or without a qualifier (Lambda reference, Invoke). */
const FUNCTION_NAME =
  /^(?:arn:[\w-]*:lambda:(?<region>[\w-]+):)?(?:(?<accountId>\d{12}):)?(?:function:)?(?<name>[\w.-]+)(?::(?<suffix>[$\w.-]+))?$/;

/** The members by which a request names its function. */
interface Named {
  FunctionName?: string;
  Qualifier?: string;
}

/** The same, taken apart. */
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

/** Makes the answer for a function that is not there; `arn` as it was called. */
export type Missing = (arn: string, qualifier: string | undefined) => AwsError;

const noFunction: Missing = (arn) => notFound(`Function not found: ${arn}`);

/** Of a call, which is for $LATEST where it names no other (LocalStack's record, test_lambda.snapshot.json, test_invoke_exceptions). */
export const noFunctionToCall: Missing = (arn, qualifier) =>
  notFound(`Function not found: ${arn}${qualifier === undefined ? `:${LATEST}` : ''}`);

/** The function that a request names. Throws the AwsError Lambda gives when there is none. */
export function functionOf(
  input: Named,
  { find, place }: FunctionLookup,
  missing: Missing = noFunction,
): CalledFunction {
  const named = parseNamedFunction(input, place);
  if (!named) throw missing(input.FunctionName ?? '', input.Qualifier);
  if (named.region !== place.region) {
    throw notFound(`Functions from '${named.region}' are not reachable in this region ('${place.region}')`);
  }
  refuseTwoQualifiers(input);
  const found = find(named.qualifier === undefined ? named.name : arnOf(named, place));
  if (!found || named.accountId !== place.accountId) throw missing(arnOf(named, place), named.qualifier);
  const { qualifier } = named;
  return { fn: found, ...(qualifier !== undefined && { qualifier }) };
}

/** The ARN of the function that a request names, whether it is there or not. */
export function functionArn(input: Named, { place }: { place: Place }): string[] {
  const named = parseNamedFunction(input, place);
  return [named ? arnOf(named, place) : String(input.FunctionName)];
}

export function notFound(message: string): AwsError {
  return new AwsError('ResourceNotFoundException', message, { status: 404, members: { Type: 'User' } });
}

/** Undefined when the text names nothing that could be a function. */
function parseNamedFunction(
  { FunctionName = '', Qualifier }: Named,
  place: Place,
): NamedFunction | undefined {
  const groups = FUNCTION_NAME.exec(FunctionName)?.groups;
  if (!groups?.name) return undefined;
  const qualifier = Qualifier ?? groups.suffix;
  return {
    name: groups.name,
    region: groups.region ?? place.region,
    accountId: groups.accountId ?? place.accountId,
    ...(qualifier !== undefined && { qualifier }),
  };
}

/** A qualifier may stand behind the name, in the query, or in both when both are the same. */
function refuseTwoQualifiers({ FunctionName = '', Qualifier }: Named): void {
  if (Qualifier === undefined) return;
  const suffix = FUNCTION_NAME.exec(FunctionName)?.groups?.suffix;
  if (suffix === undefined || suffix === Qualifier) return;
  throw new AwsError(
    'InvalidParameterValueException',
    'The derived qualifier from the function name does not match the specified qualifier.',
  );
}

function arnOf({ name, region, accountId, qualifier }: NamedFunction, place: Place): string {
  const resource = qualifier === undefined ? name : `${name}:${qualifier}`;
  return formatArn({ ...place, region, accountId }, 'lambda', `function:${resource}`);
}
