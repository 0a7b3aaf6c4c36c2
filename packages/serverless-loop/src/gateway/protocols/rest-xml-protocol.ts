import type { Readable } from 'node:stream';
import { AwsError } from '../../aws/errors.ts';
import type { RestXmlRequest, RestXmlService } from '../../aws/rest-xml-service.ts';
import { type Element, renderDocument } from '../../aws/xml.ts';
import type { Answer } from '../answer.ts';
import { signedCall } from '../call.ts';
import type { Received } from '../received.ts';
import { faultOf, notEmulated } from '../request-errors.ts';
import { newRequestId } from '../request-ids.ts';
import type { Routes } from '../routes.ts';

/** A request whose body is not read yet. */
export type Unread = Omit<Received, 'body'> & { request: Readable };

/** AWS's REST XML protocol, as S3 speaks it (Smithy, "AWS REST XML protocol"; S3 API reference, "Error Responses"). */
export async function answerRestXml(
  unread: Unread,
  service: RestXmlService,
  routes: Routes,
): Promise<Answer> {
  const { method, path, headers, request: body } = unread;
  const requestId = newRequestId();
  const request = { method, path, query: new URLSearchParams(unread.query), headers, body };
  const { crossOrigin } = service;
  const forPage = (headers.origin !== undefined && crossOrigin?.headersFor(request)) || {};
  try {
    if (crossOrigin && method === 'OPTIONS')
      return { body: '', ...crossOrigin.preflight(request), headers: { ...ids(requestId), ...forPage } };
    // Whoever signs a request says it before the form.
    const form = unread.credentials ? undefined : await service.form?.(request);
    const operation = form?.operation ?? service.find(request);
    if (!operation) throw unknown(request, service, routes);
    const { call } = signedCall(
      Object.assign(unread, form?.credentials && { credentials: form.credentials }),
      routes,
      requestId,
      403,
    );
    routes.authorize(call, operation.needs, service.signingName, operation.name);
    const answer = await operation.handle(call);
    return {
      status: answer.status,
      headers: { ...ids(requestId), ...forPage, ...typeOf(answer.body), ...answer.headers },
      body: answer.body ?? '',
    };
  } catch (thrown) {
    const error = faultOf(thrown, unread, 'InternalError');
    const detailed = [
      ...membersOf(error),
      ['RequestId', requestId] as const,
      ['HostId', hostIdOf(requestId)] as const,
    ];
    return {
      status: error.status,
      headers: { ...ids(requestId), ...forPage, 'Content-Type': 'application/xml', ...error.headers },
      // The answer to HEAD has no body to say it in.
      body: method === 'HEAD' ? '' : renderDocument('Error', undefined, detailed),
    };
  }
}

function unknown(
  { method, path, query }: RestXmlRequest,
  { signingName }: RestXmlService,
  { report }: Routes,
): AwsError {
  const names = [...query.keys()].join('&');
  const operation = `${method} ${path}${names === '' ? '' : `?${names}`}`;
  report({ kind: 'call.unknown', service: signingName, operation });
  const { code, message } = notEmulated(signingName, operation, 'NotImplemented');
  return new AwsError(code, message, { status: 501 });
}

function membersOf({ code, message, members }: AwsError): Element[] {
  const more = Object.entries(members).map(([name, value]): Element => [name, String(value)]);
  return [['Code', code], ['Message', message], ...more];
}

/** S3's second name of a request. */
function hostIdOf(requestId: string): string {
  return Buffer.from(requestId).toString('base64');
}

function ids(requestId: string): Record<string, string> {
  return { 'x-amz-request-id': requestId, 'x-amz-id-2': hostIdOf(requestId) };
}

function typeOf(body: unknown): Record<string, string> {
  return typeof body === 'string' && body !== '' ? { 'Content-Type': 'application/xml' } : {};
}
