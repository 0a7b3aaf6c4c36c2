import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';
import type { KeyValue } from '../../../src/otlp/attributes.ts';
import type { Span } from '../../../src/otlp/span.ts';

/** A span as it came, with the service of its resource and its attributes by name. */
export interface ReceivedSpan extends Omit<Span, 'attributes'> {
  service: string;
  attributes: Record<string, unknown>;
}

interface ResourceSpans {
  resource: { attributes: KeyValue[] };
  scopeSpans: { spans: Span[] }[];
}

/** A collector that takes spans by OTLP/HTTP, or answers as told. */
export async function startCollector(
  answer: () => { status: number; body?: string } = () => ({ status: 200 }),
) {
  const spans: ReceivedSpan[] = [];
  const requests: { path: string | undefined; contentType: string | undefined; status: number }[] = [];
  const server = createServer(async (request, response) => {
    const body: { resourceSpans: ResourceSpans[] } = JSON.parse(await text(request));
    const { status, body: answered = '{}' } = answer();
    requests.push({ path: request.url, contentType: request.headers['content-type'], status });
    if (status === 200) spans.push(...body.resourceSpans.flatMap(received));
    response.writeHead(status, { 'Content-Type': 'application/json' }).end(answered);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { url: `http://127.0.0.1:${address.port}`, spans, requests };
}

function received({ resource, scopeSpans }: ResourceSpans): ReceivedSpan[] {
  const service = String(valuesOf(resource.attributes)['service.name']);
  return scopeSpans
    .flatMap(({ spans }) => spans)
    .map((span) => ({ ...span, service, attributes: valuesOf(span.attributes) }));
}

export function valuesOf(attributes: KeyValue[]): Record<string, unknown> {
  return Object.fromEntries(
    attributes.map(({ key, value }) => {
      const [only] = Object.values(value);
      return [key, 'intValue' in value ? Number(only) : only];
    }),
  );
}
