import type { RoleSender } from '../../aws/delivery.ts';
import { isObject, type JsonObject } from '../../aws/json-object.ts';
import { parsedJson } from '../../aws/parsed-json.ts';
import { httpParts } from './http-parts.ts';
import { eventText, type TemplateContext } from './input-template.ts';
import type { PipeModel } from './pipe.ts';
import type { PipePorts } from './ports.ts';
import { invoked, startedSync } from './synchronous.ts';

/**
 * Gives the events that an enrichment makes of a batch. Functions and state machines get it as one list, an API destination each
 * event by itself: "batching to enrichment is supported for AWS Lambda and AWS Step Functions" (Pipes guide, "Batching and
 * concurrency").
 */
export async function enrich(
  { enrichmentArn = '', enrichment }: PipeModel,
  events: readonly JsonObject[],
  context: TemplateContext,
  { role, lineage }: { role: RoleSender; lineage: string },
  ports: PipePorts,
): Promise<unknown[]> {
  const texts = events.map((event) => eventText(enrichment.InputTemplate, event, context));
  if (!enrichmentArn.includes(':api-destination/')) {
    const call = enrichmentArn.includes(':states:') ? startedSync : invoked;
    return eventsIn(await call(enrichmentArn, { text: `[${texts.join(',')}]`, lineage }, role, ports));
  }
  const made: unknown[] = [];
  for (const [index, body] of texts.entries()) {
    const http = httpParts(enrichment.HttpParameters, events[index] ?? {});
    made.push(...eventsIn(await ports.callApiDestination(enrichmentArn, { body, http }, role)));
  }
  return made;
}

/** "If the enrichment returns an empty response, the target is not invoked" (Pipes guide, "Event enrichment"). */
function eventsIn(answer: string): unknown[] {
  const value = answer === '' ? undefined : parsedJson(answer, answer);
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return value;
  return isObject(value) && Object.keys(value).length === 0 ? [] : [value];
}
