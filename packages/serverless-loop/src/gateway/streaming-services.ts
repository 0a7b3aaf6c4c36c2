import type { LazyRestXmlService } from '../aws/rest-xml-service.ts';
import type { Received } from './received.ts';

/** Finds, of the services that take a request's body as it comes, the one that a request is for. */
export function streamingServices(services: readonly LazyRestXmlService[] = []) {
  /** The service that takes the body as it comes, when the request is signed for one. */
  function signedFor({ headers, credentials }: Received): LazyRestXmlService | undefined {
    if (headers['x-amz-target'] !== undefined) return undefined;
    return services.find(({ signingName }) => signingName === credentials?.service);
  }

  /** The service that takes forms of browsers, which are signed in their own fields. */
  function ofForm({ method, path, query, headers, credentials }: Received): LazyRestXmlService | undefined {
    const isForm = headers['content-type']?.startsWith('multipart/form-data') === true;
    const isMeant = method === 'POST' && query === '' && /^\/[^/]+\/?$/.test(path) && !credentials;
    return isForm && isMeant && headers['x-amz-target'] === undefined ? services[0] : undefined;
  }

  /** The service that a browser asks, before its page's request, what pages may do. */
  async function askedBy({ path, credentials }: Received): Promise<LazyRestXmlService | undefined> {
    for (const service of services) {
      if (service.signingName === credentials?.service) return service;
      if ((await service.load()).crossOrigin?.has({ path })) return service;
    }
    return undefined;
  }

  /** The service whose own rules let a page of another site do this. */
  async function openTo(received: Received): Promise<LazyRestXmlService | undefined> {
    if (received.method === 'OPTIONS') return askedBy(received);
    const service = signedFor(received) ?? ofForm(received);
    const { crossOrigin } = (await service?.load()) ?? {};
    const { method, path, headers } = received;
    const query = new URLSearchParams(received.query);
    return crossOrigin?.letsIn({ method, path, headers, query }) ? service : undefined;
  }

  return { signedFor, ofForm, askedBy, openTo };
}
