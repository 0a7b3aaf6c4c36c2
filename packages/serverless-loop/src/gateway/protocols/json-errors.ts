import type { AwsError } from '../../aws/errors.ts';
import type { JsonService } from '../../aws/operation.ts';

/** Errors of the framework that AWS's services stand on, and the namespace they come from. */
const FRAMEWORK = new Map([
  ['AccessDeniedException', 'com.amazon.coral.service'],
  ['InternalFailure', 'com.amazon.coral.service'],
  ['InvalidSignatureException', 'com.amazon.coral.service'],
  ['MissingAuthenticationTokenException', 'com.amazon.coral.service'],
  ['RequestTooLargeException', 'com.amazon.coral.service'],
  ['SerializationException', 'com.amazon.coral.service'],
  ['UnknownOperationException', 'com.amazon.coral.service'],
  ['ValidationException', 'com.amazon.coral.validate'],
]);

/** Of the framework's, these two spell their message's member with a capital. */
const CAPITAL_MESSAGE = new Set(['AccessDeniedException', 'SerializationException']);

export function jsonErrorBody(error: AwsError, service: JsonService | undefined): string {
  const type = jsonErrorType(error, service);
  const isOwn = !FRAMEWORK.has(error.code);
  const isCapital = CAPITAL_MESSAGE.has(error.code) || (isOwn && service?.hasCapitalMessage);
  const member = isCapital ? 'Message' : 'message';
  const words = error.message === '' ? {} : { [member]: error.message };
  return JSON.stringify({ __type: type, ...error.members, ...words });
}

/** `<namespace>#<code>`, or the code alone for a service that has no namespace. */
export function jsonErrorType({ code }: AwsError, service: JsonService | undefined): string {
  return service?.errorNamespace ? `${FRAMEWORK.get(code) ?? service.errorNamespace}#${code}` : code;
}

/**
 * Clients of a service that once spoke the query protocol (SQS) ask for the error's old name, and some crash without it
 * (Smithy, "AWS query compatible errors").
 */
export function queryErrorHeader(error: AwsError): Record<string, string> {
  return { 'x-amzn-query-error': `${error.code};${error.status < 500 ? 'Sender' : 'Receiver'}` };
}
