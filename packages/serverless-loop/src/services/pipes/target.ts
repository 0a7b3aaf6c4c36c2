import { parseArn } from '../../aws/arn.ts';
import { deliver, type RoleSender, type ServiceMessage } from '../../aws/delivery.ts';
import { isObject, type JsonObject } from '../../aws/json-object.ts';
import { parsedJson } from '../../aws/parsed-json.ts';
import { maxBatchFor } from './batch-sizes.ts';
import { httpParts } from './http-parts.ts';
import { dynamicText } from './input-template.ts';
import { namedFailures, toldId } from './partial-failures.ts';
import type { PipeModel } from './pipe.ts';
import { PipeError } from './pipe-error.ts';
import type { PipePorts } from './ports.ts';
import { invoked, startedSync } from './synchronous.ts';

interface Cargo {
  /** Each event as the target gets it. */
  texts: readonly string[];
  events: readonly JsonObject[];
  role: RoleSender;
  /** A trace header, which counts the rounds of what feeds itself. */
  lineage: string;
}

/** One event of it. */
interface Piece {
  text: string;
  event: JsonObject;
  role: RoleSender;
  lineage: string;
}

/**
 * Sends events to a pipe's target: functions and state machines get the batch as one list, others each event by itself (Pipes
 * guide, "Batching and concurrency"). Answers the ids of events that are to be tried again. Rejects where all are.
 */
export async function sendToTarget(pipe: PipeModel, cargo: Cargo, ports: PipePorts): Promise<unknown[]> {
  const { targetArn: arn, target } = pipe;
  const { texts, role, lineage } = cargo;
  // "If the array is larger than the batch size supported by the target, the pipe won't invoke the target" (the same page).
  const most = maxBatchFor(arn);
  if (most > 1 && texts.length > most)
    throw new PipeError(`${texts.length} events are more than the ${most} that ${arn} takes at once.`);
  const list = `[${texts.join(',')}]`;
  const service = serviceOf(arn);
  if (service === 'lambda' && target.LambdaFunctionParameters?.InvocationType !== 'FIRE_AND_FORGET')
    return namedFailures(await invoked(arn, { text: list, lineage }, role, ports));
  if (
    service === 'states' &&
    target.StepFunctionStateMachineParameters?.InvocationType === 'REQUEST_RESPONSE'
  )
    return namedFailures(await startedSync(arn, { text: list, lineage }, role, ports));
  if (service === 'lambda' || service === 'states') {
    await deliver(ports.receiverOf, arn, { body: list, traceHeader: lineage }, role);
    return [];
  }
  return sendEach(pipe, cargo, ports);
}

/** "If … only part of the batch succeeds, EventBridge automatically retries batching the remainder" (the same page). */
async function sendEach(
  pipe: PipeModel,
  { texts, events, role, lineage }: Cargo,
  ports: PipePorts,
): Promise<unknown[]> {
  const failures: { id: string | undefined; error: unknown }[] = [];
  const named: unknown[] = [];
  for (const [index, text] of texts.entries()) {
    const event = events[index] ?? {};
    try {
      named.push(...(await sendOne(pipe, { text, event, role, lineage }, ports)));
    } catch (error) {
      failures.push({ id: toldId(event), error });
    }
  }
  const [first] = failures;
  if (first && (failures.length === texts.length || failures.some(({ id }) => id === undefined)))
    throw first.error;
  return [...named, ...failures.map(({ id }) => id)];
}

/** Answers the ids of events that the target names as failed. */
async function sendOne(pipe: PipeModel, piece: Piece, ports: PipePorts): Promise<unknown[]> {
  const { targetArn: arn, target } = pipe;
  const { text, event, role } = piece;
  if (arn.includes(':api-destination/')) {
    const http = httpParts(target.HttpParameters, event);
    return namedFailures(await ports.callApiDestination(arn, { body: text, http }, role));
  }
  if (serviceOf(arn) === 'events') await putEvent(pipe, piece, ports);
  else await deliver(ports.receiverOf, arn, messageOf(pipe, piece), role);
  return [];
}

/** The message, with what the parameters of its target say of it. */
function messageOf({ target }: PipeModel, { text, event, lineage: traceHeader }: Piece): ServiceMessage {
  const {
    KinesisStreamParameters: stream,
    SqsQueueParameters: queue,
    CloudWatchLogsParameters: logs,
  } = target;
  const groupId = filled(stream?.PartitionKey ?? queue?.MessageGroupId, event);
  const deduplicationId = filled(queue?.MessageDeduplicationId, event);
  const logStream = filled(logs?.LogStreamName, event);
  // "Milliseconds after Jan 1, 1970" (Pipes API reference, "PipeTargetCloudWatchLogsParameters").
  const atMs = Number(filled(logs?.Timestamp, event) ?? Number.NaN);
  return {
    body: unquoted(text),
    traceHeader,
    ...(groupId !== undefined && { groupId }),
    ...(deduplicationId !== undefined && { deduplicationId }),
    ...(logStream !== undefined && { logStream }),
    ...(Number.isFinite(atMs) && { atMs }),
  };
}

function filled(parameter: string | undefined, event: JsonObject): string | undefined {
  return parameter === undefined ? undefined : dynamicText(parameter, event);
}

/** Absent, they are as events of pipes have them (Pipes guide, "EventBridge event bus as a target"). */
async function putEvent(
  { name, targetArn, target, sourceArn }: PipeModel,
  { text, event, role, lineage }: Piece,
  { callOperation }: PipePorts,
): Promise<void> {
  const {
    Source = `Pipe ${name}`,
    DetailType = `Event from aws:${serviceOf(sourceArn)}`,
    Resources = [],
    Time,
  } = target.EventBridgeEventBusParameters ?? {};
  const timeText = Time === undefined ? '' : dynamicText(Time, event);
  const entry = {
    EventBusName: targetArn,
    Source: dynamicText(Source, event),
    DetailType: dynamicText(DetailType, event),
    Resources: Resources.map((resource) => dynamicText(resource, event)),
    Detail: text,
    TraceHeader: lineage,
    ...(timeText !== '' && { Time: timeText }),
  };
  const operation = { service: 'eventbridge', operation: 'putEvents' };
  const { Entries } = await callOperation(operation, { Entries: [entry] }, role);
  const [answer]: unknown[] = Array.isArray(Entries) ? Entries : [];
  if (isObject(answer) && typeof answer.ErrorCode === 'string')
    throw new PipeError(`${answer.ErrorCode}: ${answer.ErrorMessage}`);
}

function serviceOf(arn: string): string {
  return parseArn(arn)?.service ?? '';
}

/** An event that a template makes a JSON text of is sent as that text. */
function unquoted(body: string): string {
  if (!body.startsWith('"')) return body;
  const value = parsedJson(body);
  return typeof value === 'string' ? value : body;
}
