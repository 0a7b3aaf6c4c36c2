import { AwsError } from '../../aws/errors.ts';

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

/** JSON of another type than the model has. */
export function invalidFormat(name: string, expected: string): AwsError {
  return new AwsError('SerializationException', `${name} must be ${expected}.`);
}

export function invalidToken(): AwsError {
  return cloudWatchError(
    'InvalidNextToken',
    'The NextToken is not valid. It is not one that this loop gave.',
  );
}
