import { type Dialect, memberName, serializationError } from '../../aws/dialect.ts';
import { AwsError } from '../../aws/errors.ts';
import type { Problem } from '../../aws/member-problem.ts';
import type { Element } from '../../aws/xml.ts';

/** Codes that the query protocol spells otherwise (SQS guide, "JSON API responses"; botocore's awsQueryCompatible). */
const QUERY_CODES: Record<string, string> = {
  QueueDoesNotExist: 'AWS.SimpleQueueService.NonExistentQueue',
  QueueNameExists: 'QueueAlreadyExists',
  InvalidParameterValueException: 'InvalidParameterValue',
  MissingRequiredParameterException: 'MissingParameter',
  AccessDeniedException: 'AccessDenied',
  BatchEntryIdsNotDistinct: 'AWS.SimpleQueueService.BatchEntryIdsNotDistinct',
  BatchRequestTooLong: 'AWS.SimpleQueueService.BatchRequestTooLong',
  EmptyBatchRequest: 'AWS.SimpleQueueService.EmptyBatchRequest',
  InvalidBatchEntryId: 'AWS.SimpleQueueService.InvalidBatchEntryId',
  TooManyEntriesInBatchRequest: 'AWS.SimpleQueueService.TooManyEntriesInBatchRequest',
  PurgeQueueInProgress: 'AWS.SimpleQueueService.PurgeQueueInProgress',
  UnsupportedOperation: 'AWS.SimpleQueueService.UnsupportedOperation',
};

/** The code that older clients know an error of the JSON protocol by. */
export function queryCode(code: string): string {
  return QUERY_CODES[code] ?? code;
}

/** An SQS error with the header that clients of the JSON protocol read its older code from. */
export function sqsError(code: string, message: string, status = 400): AwsError {
  return new AwsError(code, message, {
    status,
    headers: { 'x-amzn-query-error': `${queryCode(code)};Sender` },
  });
}

export function invalidParameter(message: string): AwsError {
  return sqsError('InvalidParameterValueException', message);
}

/** E.g. `Value 11 for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and 10, if provided.` */
export function invalidValue(value: unknown, parameter: string, reason: string): AwsError {
  return invalidParameter(`Value ${value} for parameter ${parameter} is invalid. Reason: ${reason}`);
}

export function missingParameter(name: string): AwsError {
  return sqsError('MissingRequiredParameterException', `The request must contain the parameter ${name}.`);
}

export function queueDoesNotExist(): AwsError {
  return sqsError('QueueDoesNotExist', 'The specified queue does not exist.');
}

/** SQS tells the first fault only. */
export const SQS_DIALECT: Dialect = {
  emptyText: 'missing',
  wrongType: serializationError,
  refusal: ([first]) => (first ? refusalOf(first) : invalidParameter('One or more parameters are invalid.')),
};

function refusalOf(problem: Problem): AwsError {
  const { rule, value, kind } = problem;
  const name = memberName(problem);
  return rule === 'required' ? missingParameter(name) : invalidValue(value, name, kind.reason ?? '');
}

/** An error by the code that the query protocol knows it by. */
export function queryError(error: AwsError): { code: string; message: string; more: Element[] } {
  const message =
    error.code === 'QueueDoesNotExist'
      ? 'The specified queue does not exist for this wsdl version.'
      : error.message;
  return { code: queryCode(error.code), message, more: [['Detail', []]] };
}
