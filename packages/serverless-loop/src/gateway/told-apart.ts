import type { Received } from './received.ts';
import type { Routes } from './routes.ts';

export type ProtocolName = 'json' | 'rest' | 'form' | 'cbor';

const FORM = 'application/x-www-form-urlencoded';
const CBOR_PATH = /^\/service\/[^/]+\/operation\/[^/]+$/;

/**
 * Tells which protocol a request is in. At AWS the host name says which service it is for, which speaks its own protocols only, and
 * whose content type counts for nothing: `curl` calls every body a form. Here the service in the signature says it.
 */
export function toldApart(routes: Routes): (request: Omit<Received, 'body'>) => ProtocolName {
  const restServices = new Set([...routes.rest, ...(routes.lazyRest ?? [])].map(signingNameOf));
  const formServices = new Set(routes.query?.map(signingNameOf));
  const resourcePaths = (routes.query ?? []).flatMap(({ resourcePath }) => resourcePath?.pattern ?? []);

  return (request) => {
    const { method, path, headers, credentials } = request;
    const service = credentials?.service ?? '';
    const hasTarget = headers['x-amz-target'] !== undefined;
    if (restServices.has(service) && !(hasTarget && path === '/')) return 'rest';
    if (hasTarget) return 'json';
    if (headers['smithy-protocol'] === 'rpc-v2-cbor' || CBOR_PATH.test(path)) return 'cbor';
    if (formServices.has(service)) return 'form';
    if (method === 'GET' && isLink(request, routes)) return 'form';
    const isForm = method === 'POST' && headers['content-type']?.startsWith(FORM);
    // A request without a signature, or for a service that isn't here, is told by its path.
    return isForm && (path === '/' || resourcePaths.some((pattern) => pattern.test(path))) ? 'form' : 'rest';
  };
}

/** True for an operation of a service by a link, which nobody signs. */
export function isLink(
  { method, path, query, credentials }: Omit<Received, 'body'>,
  { query: services = [] }: Pick<Routes, 'query'>,
): boolean {
  if (method !== 'GET' || path !== '/' || credentials !== undefined) return false;
  const action = /(?:^|&)Action=(\w+)/.exec(query)?.[1];
  return action !== undefined && services.some(({ unsignedActions }) => unsignedActions?.includes(action));
}

function signingNameOf({ signingName }: { signingName: string }): string {
  return signingName;
}
