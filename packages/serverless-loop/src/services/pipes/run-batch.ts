import type { RoleSender } from '../../aws/delivery.ts';
import { isObject, type JsonObject } from '../../aws/json-object.ts';
import { enrich } from './enrichment.ts';
import { eventText, type TemplateContext } from './input-template.ts';
import { failedAnswer } from './partial-failures.ts';
import type { PipeModel } from './pipe.ts';
import { PipeError } from './pipe-error.ts';
import type { PipePorts } from './ports.ts';
import { sendToTarget } from './target.ts';

/**
 * Brings a batch through a pipe; answers which of its events are to be tried again, as JSON. `lineage`, a trace header, counts
 * the rounds of what feeds itself. Rejects for a batch that failed: its source has it again.
 */
export async function runBatch(
  pipe: PipeModel,
  { records, lineage }: { records: readonly JsonObject[]; lineage: string },
  now: number,
  ports: PipePorts,
): Promise<string> {
  const role: RoleSender = { name: pipe.name, role: { arn: pipe.roleArn }, sourceArn: pipe.arn };
  const context: TemplateContext = {
    pipeArn: pipe.arn,
    pipeName: pipe.name,
    sourceArn: pipe.sourceArn,
    enrichmentArn: pipe.enrichmentArn ?? '',
    targetArn: pipe.targetArn,
    ingestionTime: new Date(now).toISOString(),
  };
  const events = records.map(flattened);
  const enriched =
    pipe.enrichmentArn === undefined ? events : await enrich(pipe, events, context, { role, lineage }, ports);
  // "If the enrichment returns an empty response, the target is not invoked" (Pipes guide, "Event enrichment").
  if (enriched.length === 0) return '';
  const texts = enriched.map((event) => textOf(pipe.target.InputTemplate, event, context));
  const failed = await sendToTarget(pipe, { texts, events: enriched.map(asObject), role, lineage }, ports);
  if (failed.length === 0) return '';
  const answer = failedAnswer(failed, events);
  if (answer === undefined)
    throw new PipeError(`The target names a failure that is none of the batch's events.`);
  return answer;
}

/** An enrichment may answer with events of any kind. */
function textOf(template: string | undefined, event: unknown, context: TemplateContext): string {
  if (isObject(event)) return eventText(template, event, context);
  return template ? eventText(template, {}, context) : JSON.stringify(event);
}

function asObject(event: unknown): JsonObject {
  return isObject(event) ? event : {};
}

/** A pipe's events have the members of a Kinesis record beside the others (Pipes guide, "Amazon Kinesis stream as a source"). */
function flattened({ kinesis, ...others }: JsonObject): JsonObject {
  return isObject(kinesis) && others.eventSource === 'aws:kinesis'
    ? { ...kinesis, ...others }
    : { ...others };
}
