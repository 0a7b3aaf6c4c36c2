import { AwsError } from '../../aws/errors.ts';

/** Errors of this service say their code a second time, in their body. */
export function schemasError(code: string, message: string, status: number): AwsError {
  return new AwsError(code, message, { status, members: { Code: code } });
}

export function badRequest(message: string): AwsError {
  return schemasError('BadRequestException', message, 400);
}
