import { runOperation } from '../../aws/described-operations.ts';
import { AwsError } from '../../aws/errors.ts';
import { type FormTree, formInput } from '../../aws/form-members.ts';
import type { DescribedOperation } from '../../aws/operation.ts';
import type { QueryService } from '../../aws/query-service.ts';
import type { Answer } from '../answer.ts';
import { signedCall } from '../call.ts';
import type { Protocol, Received } from '../received.ts';
import { faultOf, notEmulated, tooLarge, unsigned } from '../request-errors.ts';
import { newRequestId } from '../request-ids.ts';
import type { Routes } from '../routes.ts';
import { isLink } from '../told-apart.ts';
import { parseForm } from './form.ts';
import { renderAnswer, renderError } from './query-xml.ts';

interface Found {
  service: QueryService;
  operation: DescribedOperation;
}

interface QueryCall {
  action: string;
  form: FormTree;
}

/** Clients name the version right after the action, before anything of any length. */
const VERSION_WITHIN_BYTES = 1_024;

/** AWS's query protocol: form parameters in and XML out (Smithy, "AWS query protocol"). */
export function formQueryProtocol(routes: Routes): Protocol {
  const { authorize, report, query: services = [] } = routes;

  /** By the signature's scope; by the API's version where nobody signed. */
  async function serviceOf(received: Received): Promise<QueryService | undefined> {
    const signed = received.credentials?.service;
    const version = signed === undefined ? versionIn(received) : undefined;
    const found = services.find((service) => {
      if (signed !== undefined) return service.signingName === signed;
      return isLink(received, { query: [service] }) || service.version === version;
    });
    return found && 'load' in found ? await found.load() : found;
  }

  function find(service: QueryService | undefined, action: string, received: Received): Found {
    if (action === '') throw new AwsError('MissingAction', 'The request has no Action parameter.');
    const operations: QueryService['operations'] = service?.operations ?? {};
    const operation = Object.hasOwn(operations, action) ? operations[action] : undefined;
    if (service && operation) return { service, operation };
    const name = received.credentials?.service ?? service?.signingName ?? 'an unnamed service';
    report({ kind: 'call.unknown', service: name, operation: action });
    throw notEmulated(name, action, 'InvalidAction');
  }

  return async (received) => {
    const requestId = newRequestId();
    let service: QueryService | undefined;
    try {
      service = await serviceOf(received);
      const acceptsUnsigned = routes.acceptsUnsigned === true || isLink(received, routes);
      if (!received.credentials && !acceptsUnsigned) throw unsigned(403, 'MissingAuthenticationToken');
      const { action, form } = parseCall(received);
      const found = find(service, action, received);
      const { call } = signedCall(received, { ...routes, acceptsUnsigned }, requestId, 403);
      const input = formInput(found.operation.input, withResource(form, found.service, received));
      const output = await runOperation(found.operation, input, call, (needs) =>
        authorize(call, needs, found.service.signingName, action),
      );
      return xmlAnswer(200, renderAnswer(found, action, output, requestId), requestId);
    } catch (thrown) {
      const error = faultOf(thrown, received, 'InternalFailure');
      return xmlAnswer(error.status, renderError(service, error, requestId), requestId);
    }
  };
}

/** Tells which API a form is for, before it is known whether it is read at all. */
function versionIn(received: Received): string | undefined {
  const form = formOf(received).toString('latin1', 0, VERSION_WITHIN_BYTES);
  return /(?:^|&)Version=([\d-]+)/.exec(form)?.[1];
}

function parseCall(received: Received): QueryCall {
  const { Action, Version: _version, ...form } = parseForm(formOf(received).toString());
  return { action: textOf(Action), form };
}

function withResource(
  form: FormTree,
  { resourcePath }: QueryService,
  { path, endpoint }: Received,
): FormTree {
  if (!resourcePath?.pattern.test(path)) return form;
  return { [resourcePath.member]: endpoint + path, ...form };
}

/** In the body of a POST, in the query of a GET (SQS guide, "Making query API requests using AWS query protocol"). */
function formOf({ method, query, body }: Received): Buffer {
  if (body === 'too large') throw tooLarge();
  if (method !== 'GET') return body;
  const parameters = query.split('&').filter((parameter) => !parameter.startsWith('X-Amz-'));
  return Buffer.from(parameters.join('&'));
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function xmlAnswer(status: number, body: string, requestId: string): Answer {
  return { status, headers: { 'x-amzn-RequestId': requestId, 'Content-Type': 'text/xml' }, body };
}
