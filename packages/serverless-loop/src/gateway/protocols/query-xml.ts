import type { AwsError } from '../../aws/errors.ts';
import type { JsonObject } from '../../aws/json-object.ts';
import type { DescribedOperation } from '../../aws/operation.ts';
import type { QueryService } from '../../aws/query-service.ts';
import { renderDocument } from '../../aws/xml.ts';
import { xmlMembers } from '../../aws/xml-members.ts';

/** `<XResponse><XResult>…</XResult><ResponseMetadata>…`, for an operation without an answer of its own metadata alone. */
export function renderAnswer(
  { service, operation: { output: shape } }: { service: QueryService; operation: DescribedOperation },
  operation: string,
  output: JsonObject,
  requestId: string,
): string {
  const result = shape && xmlMembers(shape, output);
  return renderDocument(`${operation}Response`, service.namespace, [
    ...(result ? [[`${operation}Result`, result] as const] : []),
    ['ResponseMetadata', [['RequestId', requestId]]],
  ]);
}

/** An error, in the namespace of the service where it is known which one was called. */
export function renderError(service: QueryService | undefined, error: AwsError, requestId: string): string {
  const { code, message, more } = service?.error?.(error) ?? { ...plain(error), more: [] };
  return renderDocument('ErrorResponse', service?.namespace, [
    [
      'Error',
      [['Type', error.status < 500 ? 'Sender' : 'Receiver'], ['Code', code], ['Message', message], ...more],
    ],
    ['RequestId', requestId],
  ]);
}

function plain({ code, message }: AwsError): { code: string; message: string } {
  return { code, message };
}
