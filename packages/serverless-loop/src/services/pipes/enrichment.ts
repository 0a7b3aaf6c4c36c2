import type { RoleSender } from '../../aws/delivery.ts';
import { isObject, type JsonObject } from '../../aws/json-object.ts';
import { httpParts } from './http-parts.ts';
import { eventText, type TemplateContext } from './input-template.ts';
import type { PipeModel } from './pipe.ts';
import type { PipePorts } from './ports.ts';
import { invoked, startedSync } from './synchronous.ts';

/** Gives the events that an enrichment makes of a batch, or what it says of single events that failed. */
export async function enrich(
  { enrichmentArn = '', enrichment }: PipeModel,
  events: readonly JsonObject[],
  context: TemplateContext,
  { role, lineage }: { role: RoleSender; lineage: string },
  ports: PipePorts,
): Promise<unknown[] | { failures: string }> {
  const texts = events.map((event) => eventText(enrichment.InputTemplate, event, context));
  const body = `[${texts.join(',')}]`;
  const answer = await answerOf(body);
  const value = parsed(answer);
  // "… a partial batch response with batchItemFailures" (Pipes guide, "Batching and concurrency").
  if (isObject(value) && Array.isArray(value.batchItemFailures)) return { failures: answer };
  if (isObject(value) && Object.keys(value).length === 0) return [];
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];

  function answerOf(text: string): Promise<string> {
    if (enrichmentArn.includes(':api-destination/')) {
      const http = httpParts(enrichment.HttpParameters, events[0] ?? {});
      return ports.callApiDestination(enrichmentArn, { body: text, http }, role);
    }
    if (enrichmentArn.includes(':states:')) return startedSync(enrichmentArn, { text, lineage }, role, ports);
    return invoked(enrichmentArn, { text, lineage }, role, ports);
  }
}

function parsed(answer: string): unknown {
  try {
    return answer === '' ? undefined : JSON.parse(answer);
  } catch {
    return answer;
  }
}
