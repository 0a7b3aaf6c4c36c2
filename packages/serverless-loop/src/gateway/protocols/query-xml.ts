import type { AwsError } from '../../aws/errors.ts';
import type { JsonObject } from '../../aws/json-object.ts';
import type { JsonOperation } from '../../aws/operation.ts';
import type { QueryService } from '../../aws/query-service.ts';
import { type Element, renderDocument } from '../../aws/xml.ts';
import { xmlMembers } from '../../aws/xml-members.ts';

/** `<XResponse><XResult>…</XResult><ResponseMetadata>…`, for an operation without an answer of its own metadata alone. */
export function renderAnswer(
  { service, operation: { described } }: { service: QueryService; operation: JsonOperation },
  operation: string,
  output: JsonObject | undefined,
  requestId: string,
): string {
  const result = described
    ? described.output && xmlMembers(described.output, output ?? {})
    : output && membersOf(output);
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

/** The members of a structure that have a value. */
function membersOf(structure: object): Element[] {
  return Object.entries(structure).flatMap(([name, value]) =>
    value === undefined || value === null ? [] : [[name, contentOf(value)]],
  );
}

function contentOf(value: unknown): string | Element[] {
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map((item) => ['member', contentOf(item)]);
  if (value instanceof Map)
    return [...value].map(([key, item]) => [
      'entry',
      [
        ['key', String(key)],
        ['value', contentOf(item)],
      ],
    ]);
  if (typeof value === 'object' && value !== null) return membersOf(value);
  return String(value);
}
