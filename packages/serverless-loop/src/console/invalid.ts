import { AwsError } from '../aws/errors.ts';

/** A member that no description can refuse. */
export function invalid(message: string): AwsError {
  return new AwsError('ValidationException', message);
}

/** A thing that is asked for by its name, and is not there, or no more. */
export function notFound(message: string): AwsError {
  return new AwsError('ResourceNotFoundException', message, { status: 404 });
}
