import { type Dialect, serializationError, validationErrors } from '../../aws/dialect.ts';
import { AwsError } from '../../aws/errors.ts';
import type { Problem, Step } from '../../aws/member-problem.ts';
import { shown } from '../../aws/shown.ts';

/** Shapes of errors in the API's model, with the code that the query protocol knows each by, and its status. */
const SHAPES = {
  InvalidParameterValueException: ['InvalidParameterValue', 400],
  InvalidParameterCombinationException: ['InvalidParameterCombination', 400],
  MissingRequiredParameterException: ['MissingParameter', 400],
  InvalidFormatFault: ['InvalidFormat', 400],
  InvalidNextToken: ['InvalidNextToken', 400],
  ResourceNotFound: ['ResourceNotFound', 404],
  ResourceNotFoundException: ['ResourceNotFoundException', 404],
  DashboardNotFoundError: ['ResourceNotFound', 404],
  DashboardInvalidInputError: ['InvalidParameterInput', 400],
  ValidationException: ['ValidationError', 400],
} as const;

/** Clients that know the older codes read them from a header (Smithy, "AWS query compatible errors"). */
export function cloudWatchError(
  shape: keyof typeof SHAPES,
  message: string,
  members: Record<string, unknown> = {},
): AwsError {
  const [code, status] = SHAPES[shape];
  return new AwsError(shape, message, {
    status,
    members,
    headers: { 'x-amzn-query-error': `${code};Sender` },
  });
}

export function invalidValue(message: string): AwsError {
  return cloudWatchError('InvalidParameterValueException', message);
}

export function invalidCombination(message: string): AwsError {
  return cloudWatchError('InvalidParameterCombinationException', message);
}

export function missingParameter(name: string): AwsError {
  return cloudWatchError('MissingRequiredParameterException', `The parameter ${name} is required.`);
}

export function validationError(message: string): AwsError {
  return cloudWatchError('ValidationException', message);
}

export function invalidToken(): AwsError {
  return cloudWatchError(
    'InvalidNextToken',
    'The NextToken is not valid. It is not one that this loop gave.',
  );
}

/** For the lists that have no error of their own for it (CloudWatch reference, "ListMetrics", "ListDashboards"; the words are moto's, moto/cloudwatch). */
export function invalidListToken(): AwsError {
  return invalidValue('Request parameter NextToken is invalid');
}

/** The code that the query protocol has for an error: what the header of the JSON protocol says. */
export function oldCode({ code, headers }: AwsError): string {
  return headers['x-amzn-query-error']?.split(';')[0] ?? code;
}

/** The first thing that is wrong is told. */
export const CLOUDWATCH_DIALECT: Dialect = {
  emptyText: 'missing',
  wrongType: serializationError,
  refusal: ([first]) => (first ? refusalOf(first) : validationError('The input is not valid.')),
};

function refusalOf(problem: Problem): AwsError {
  const { rule, kind, value, path } = problem;
  const name = path.map(stepName).join('.');
  if (rule === 'required' || (rule === 'min' && kind.kind === 'list')) return missingParameter(name);
  if (rule === 'oneOf') return validationError(validationErrors([problem]));
  if (kind.reason !== undefined) return invalidValue(kind.reason);
  if (kind.kind === 'list')
    return invalidValue(`The collection ${name} must not have a size greater than ${kind.max}.`);
  if (kind.kind === 'integer')
    return invalidValue(
      `The value ${shown(value)} for parameter ${name} is invalid. It must be between ${kind.min} and ${kind.max}.`,
    );
  return invalidValue(
    `The value for parameter ${name} must have at most ${kind.kind === 'text' ? kind.max : 0} characters.`,
  );
}

function stepName(step: Step): string {
  if ('item' in step) return `member.${step.item}`;
  return 'member' in step ? step.member : step.key;
}
