import type { Place } from '../aws/arn.ts';
import { attributesOf } from './attributes.ts';
import type { Owned } from './owners.ts';
import type { Span } from './span.ts';

/** Of all spans. */
export interface Origin {
  place: Place;
  stackName: string;
}

/** The body of an ExportTraceServiceRequest (OTLP specification, "OTLP/HTTP", JSON). */
export function exportRequest(owned: Owned[], { place, stackName }: Origin): string {
  const byService = Map.groupBy(owned, ({ service }) => service);
  return JSON.stringify({
    resourceSpans: [...byService].map(([service, groups]) => ({
      resource: {
        attributes: attributesOf({
          'service.name': service ?? stackName,
          'service.namespace': stackName,
          'cloud.provider': 'aws',
          'cloud.region': place.region,
          'cloud.account.id': place.accountId,
        }),
      },
      scopeSpans: [
        { scope: { name: 'serverless-loop' }, spans: groups.flatMap(({ spans }): Span[] => spans) },
      ],
    })),
  });
}
