import type { LazyRestXmlService } from '../aws/rest-xml-service.ts';
import type { Received } from './received.ts';
import type { Routes } from './routes.ts';

/** Finds the service in the REST XML protocol that a request is for, from what comes before its body. */
export interface RestXmlChoice {
  /** The service that takes the body as it comes: the request is signed for it, or is a browser's form for it. */
  streamed(received: Received): LazyRestXmlService | undefined;
  /** The service that a browser asks, before its page's request, what pages may do. */
  asked(received: Received): Promise<LazyRestXmlService | undefined>;
  /** The service whose own rules let a page of another site do this. */
  opened(received: Received): Promise<LazyRestXmlService | undefined>;
}

export function restXmlChoice({ restXml = [] }: Pick<Routes, 'restXml'>): RestXmlChoice {
  function signedService({ headers, credentials }: Received): LazyRestXmlService | undefined {
    if (headers['x-amz-target'] !== undefined) return undefined;
    return restXml.find(({ signingName }) => signingName === credentials?.service);
  }

  /** Forms of browsers are signed in their own fields. */
  function formService({
    method,
    path,
    query,
    headers,
    credentials,
  }: Received): LazyRestXmlService | undefined {
    const isForm = headers['content-type']?.startsWith('multipart/form-data') === true;
    const isMeant = method === 'POST' && query === '' && /^\/[^/]+\/?$/.test(path) && !credentials;
    return isForm && isMeant && headers['x-amz-target'] === undefined ? restXml[0] : undefined;
  }

  const choice: RestXmlChoice = {
    streamed: (received) => signedService(received) ?? formService(received),
    async asked({ path, credentials }) {
      for (const service of restXml) {
        if (service.signingName === credentials?.service) return service;
        if ((await service.load()).crossOrigin?.has({ path })) return service;
      }
      return undefined;
    },
    async opened(received) {
      const { method, path, headers } = received;
      if (method === 'OPTIONS') return choice.asked(received);
      const service = choice.streamed(received);
      const { crossOrigin } = (await service?.load()) ?? {};
      const query = new URLSearchParams(received.query);
      return crossOrigin?.letsIn({ method, path, headers, query }) ? service : undefined;
    },
  };
  return choice;
}
