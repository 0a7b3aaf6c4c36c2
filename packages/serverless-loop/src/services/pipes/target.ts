import { parseArn } from '../../aws/arn.ts';
import { deliver, type RoleSender } from '../../aws/delivery.ts';
import { isObject, type JsonObject } from '../../aws/json-object.ts';
import { httpParts } from './http-parts.ts';
import { dynamicText } from './input-template.ts';
import type { PipeModel } from './pipe.ts';
import { PipeError } from './pipe-error.ts';
import type { PipePorts } from './ports.ts';
import { invoked, startedSync } from './synchronous.ts';

interface Cargo {
  /** Each event as the target gets it. */
  texts: readonly string[];
  events: readonly JsonObject[];
  role: RoleSender;
  /** The trace header that counts the rounds of the batch. */
  lineage: string;
}

/**
 * Sends events to a pipe's target: functions, state machines and API destinations get the batch as one list, others each event
 * by itself (Pipes guide, "Batching and concurrency"). Answers what the target says of single events.
 */
export async function sendToTarget(pipe: PipeModel, cargo: Cargo, ports: PipePorts): Promise<string> {
  const { targetArn: arn, target } = pipe;
  const { texts, events, role, lineage } = cargo;
  const list = `[${texts.join(',')}]`;
  const service = serviceOf(arn);
  if (service === 'lambda' && target.LambdaFunctionParameters?.InvocationType !== 'FIRE_AND_FORGET')
    return invoked(arn, { text: list, lineage }, role, ports);
  if (
    service === 'states' &&
    target.StepFunctionStateMachineParameters?.InvocationType === 'REQUEST_RESPONSE'
  ) {
    await startedSync(arn, { text: list, lineage }, role, ports);
    return '';
  }
  if (service === 'lambda' || service === 'states') {
    await deliver(ports.receiverOf, arn, { body: list, traceHeader: lineage }, role);
    return '';
  }
  if (arn.includes(':api-destination/')) {
    await ports.callApiDestination(
      arn,
      { body: list, http: httpParts(target.HttpParameters, events[0] ?? {}) },
      role,
    );
    return '';
  }
  for (const [index, text] of texts.entries())
    await sendOne(pipe, { text, event: events[index] ?? {}, role, lineage }, ports);
  return '';
}

/** One event for the target. */
interface Piece {
  text: string;
  event: JsonObject;
  role: RoleSender;
  lineage: string;
}

async function sendOne(pipe: PipeModel, piece: Piece, ports: PipePorts): Promise<void> {
  const { targetArn: arn, target } = pipe;
  const { text, event, role, lineage: traceHeader } = piece;
  if (serviceOf(arn) === 'events') return putEvent(pipe, piece, ports);
  const named = target.KinesisStreamParameters?.PartitionKey ?? target.SqsQueueParameters?.MessageGroupId;
  const groupId = named === undefined ? undefined : dynamicText(named, event);
  const message = { body: unquoted(text), traceHeader, ...(groupId !== undefined && { groupId }) };
  await deliver(ports.receiverOf, arn, message, role);
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
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'string' ? value : body;
  } catch {
    return body;
  }
}
