import { parseArn } from '../../aws/arn.ts';
import type { Fact } from '../../facts.ts';
import type { Paint } from './colour.ts';
import { logLine } from './log-line.ts';
import { nameOf } from './logged-error.ts';
import type { Told } from './told.ts';
import { TIED } from './wrap.ts';

/** Turns a physical name or ARN into what the template calls it, where it is one of ours. */
export type ShortName = (nameOrArn: string) => string;

export interface FactLineOptions {
  paint: Paint;
  short: ShortName;
  /** Show Lambda's own START, END and REPORT lines too. */
  platformLogs: boolean;
  /** Show all that is known: whole ids, each error whenever it is logged, every frame of its stack. */
  verbose: boolean;
  /** A short one is the beginning, which tells it from the others on a screen; none, where there is one story alone. */
  ids: 'whole' | 'short' | 'none';
  /** Waits are over so many times faster than on AWS: by the option of the start, or as it was changed since. */
  retrySpeed: number;
  isSpeedChanged?: boolean;
  /** Remembers what was shown of the requests. */
  told: Told;
}

/** One line for a person, or undefined where the fact has nothing to add to the lines around it. */
export function factLine(fact: Fact, options: FactLineOptions): string | undefined {
  const { paint, short } = options;
  const good = (text: string) => paint('green', text);
  const bad = (text: string) => paint('red', text);
  const wait = (text: string) => paint('yellow', text);
  const name = (text: string) => paint('bold', short(text));
  const quiet = (text: string) => paint('dim', text);
  const id = (text: string) => (options.ids === 'whole' || options.verbose ? text : withShortIds(text));
  const andId = (text: string) => (hidesIds(options) ? '' : ` ${quiet(id(text))}`);
  const delay = (ms: number) => waiting(ms, options);

  switch (fact.kind) {
    case 'invocation.accepted':
      return `${name(fact.functionName)} accepted an event${andId(fact.requestId)}`;
    case 'invocation.started': {
      const which = fact.attempt > 1 ? `attempt ${fact.attempt} starts` : 'starts';
      const start = fact.coldStart ? wait(' cold') : '';
      return `${name(fact.functionName)} ${which}${start}${andId(fact.requestId)}`;
    }
    case 'invocation.ended': {
      const init = fact.initMs === undefined ? '' : ` + ${milliseconds(fact.initMs)} init`;
      const took = `${milliseconds(fact.durationMs)}${init}`;
      if (fact.outcome === 'ok') return `${name(fact.functionName)} ${good('succeeded')} in ${took}`;
      const what = fact.outcome === 'timeout' ? 'timed out' : 'failed';
      return `${name(fact.functionName)} ${bad(what)} after ${took}: ${whyItEnded(fact, options)}`;
    }
    case 'invocation.throttled':
      return `${name(fact.functionName)} ${wait('throttled')}: no environment is free within its concurrency`;
    case 'invocation.retry':
      return `${name(fact.functionName)} ${wait(`attempt ${fact.nextAttempt} in ${delay(fact.delayMs)}`)}${reasonOf(fact, options)}`;
    case 'invocation.dropped':
      if (fact.hasDestination) return undefined;
      return `${name(fact.functionName)} ${bad('gave the event up')}: ${fact.condition}${andId(fact.requestId)}`;
    case 'destination.sent':
      return `${name(fact.functionName)} ${wait(fact.condition)} -> record sent to ${name(fact.destinationArn)}`;
    case 'destination.failed':
      return `${name(fact.functionName)} ${fact.condition} -> ${bad('record lost')}: ${short(fact.destinationArn)}: ${fact.reason}`;
    case 'log':
      return logLine(fact, { ...options, id });
    case 'logs.full':
      return wait(`CloudWatch Logs hold ${Math.round(fact.maxBytes / 1024 / 1024)} MB: the oldest lines go`);
    case 'table.changed':
      return `${name(fact.tableName)} is kept, and ${wait('changed as the template was')}: ${fact.changes.join(', ')}`;
    case 'table.written':
      return `${name(fact.tableName)} ${fact.operation} ${fact.key}`;
    case 'table.conditionFailed':
      return `${name(fact.tableName)} ${fact.operation} ${fact.key} ${wait('condition not met')}`;
    case 'event.published':
      return `${name(fact.busName)} event "${fact.detailType}" from ${fact.source}${andId(fact.eventId)}`;
    case 'event.refused':
      return `${name(fact.busName)} ${bad('refused')} an event "${fact.detailType}": ${fact.errorCode}: ${fact.errorMessage}`;
    case 'event.replayed':
      return `${name(fact.busName)} event of ${name(fact.replayName)} again${andId(fact.eventId)}`;
    case 'replay.ended':
      return `${name(fact.replayName)} ${fact.state === 'COMPLETED' ? good('completed') : wait(fact.state)}: ${fact.eventCount} ${fact.eventCount === 1 ? 'event' : 'events'} sent again`;
    case 'archives.full':
      return wait(`Archives hold ${Math.round(fact.maxBytes / 1024 / 1024)} MB: the oldest events go`);
    case 'event.unmatched':
      return `${name(fact.busName)} ${wait('nobody takes the event')}: ${fact.reason}${andId(fact.eventId)}`;
    case 'rule.gaveUp':
      return `${name(fact.ruleName)} ${bad('was not matched to the end')}: ${fact.reason}${andId(fact.eventId)}`;
    case 'rule.matched':
      return `${name(fact.ruleName)} matches, ${fact.targetCount} ${fact.targetCount === 1 ? 'target' : 'targets'}`;
    case 'delivery.succeeded':
      return `${name(fact.ruleName)} -> ${name(fact.targetArn)} ${good('delivered')}${fact.attempt > 1 ? ` at attempt ${fact.attempt}` : ''}`;
    case 'delivery.retry':
      return `${name(fact.ruleName)} -> ${name(fact.targetArn)} ${wait(`${fact.errorCode}, again in ${delay(fact.delayMs)}`)}: ${fact.errorMessage}`;
    case 'delivery.deadLettered':
      return `${name(fact.ruleName)} -> ${name(fact.targetArn)} ${bad(fact.errorCode)}: ${fact.errorMessage}; dead letter to ${name(fact.queueArn)}`;
    case 'delivery.lost':
      return `${name(fact.ruleName)} -> ${name(fact.targetArn)} ${bad(`${fact.errorCode}, event lost`)}: ${fact.errorMessage}`;
    case 'schedule.invoked':
      return `${name(fact.scheduleName)} -> ${name(fact.targetArn)} ${good('invoked')}${fact.attempt > 1 ? ` at attempt ${fact.attempt}` : ''}`;
    case 'schedule.retry':
      return `${name(fact.scheduleName)} -> ${name(fact.targetArn)} ${wait(`${fact.errorCode}, again in ${delay(fact.delayMs)}`)}: ${fact.errorMessage}`;
    case 'schedule.deadLettered':
      return `${name(fact.scheduleName)} -> ${name(fact.targetArn)} ${bad(fact.errorCode)}: ${fact.errorMessage}; dead letter to ${name(fact.queueArn)}`;
    case 'schedule.lost':
      return `${name(fact.scheduleName)} -> ${name(fact.targetArn)} ${bad(`${fact.errorCode}, not invoked`)}: ${fact.errorMessage}`;
    case 'execution.started':
      return `${name(fact.machineName)} execution starts${andId(fact.executionName)}`;
    case 'execution.ended': {
      const took = milliseconds(fact.durationMs);
      if (fact.status === 'SUCCEEDED') return `${name(fact.machineName)} ${good('succeeded')} in ${took}`;
      const why = [fact.error, fact.cause].filter((part) => part !== undefined && part !== '').join(': ');
      return `${name(fact.machineName)} ${bad(fact.status)} after ${took}${why === '' ? '' : `: ${why}`}`;
    }
    case 'state.entered':
      return `${name(fact.machineName)} -> ${fact.stateName} ${quiet(fact.stateType)}`;
    case 'state.retry':
      return `${name(fact.machineName)} -> ${fact.stateName} ${wait(`${fact.error}, attempt ${fact.attempt + 1} in ${delay(fact.delayMs)}`)}`;
    case 'task.failed':
      return `${name(fact.machineName)} task ${bad(fact.error ?? 'failed')}${fact.cause === undefined ? '' : `: ${fact.cause}`}`;
    case 'queue.sent':
      return `${name(fact.queueName)} message${andId(fact.messageId)} from ${short(fact.sender)}`;
    case 'queue.deduplicated':
      return `${name(fact.queueName)} message${andId(fact.messageId)} ${wait('a duplicate')} from ${short(fact.sender)}, not kept`;
    case 'queue.received':
      return `${name(fact.queueName)} message${andId(fact.messageId)} received, time ${fact.receiveCount}`;
    case 'queue.deleted':
      return `${name(fact.queueName)} message${andId(fact.messageId)} deleted`;
    case 'batch.read':
      return `${name(fact.sourceArn)} -> ${name(fact.functionName)} ${recordsOf(fact.recordCount)}${andId(fact.requestId)}`;
    case 'batch.succeeded':
      return `${name(fact.sourceArn)} -> ${name(fact.functionName)} ${recordsOf(fact.recordCount)} ${good('processed')}`;
    case 'batch.failed':
      return `${name(fact.sourceArn)} -> ${name(fact.functionName)} ${bad(`${fact.failedCount} of ${recordsOf(fact.recordCount)} failed`)}: ${fact.reason}`;
    case 'batch.retry':
      return `${name(fact.sourceArn)} -> ${name(fact.functionName)} ${wait(`again in ${delay(fact.delayMs)}`)}: ${fact.reason}`;
    case 'batch.discarded': {
      const told = fact.destinationArn === undefined ? '' : `; word of it to ${name(fact.destinationArn)}`;
      const lost = fact.problem === undefined ? '' : ` ${bad('failed')}: ${fact.problem}`;
      return `${name(fact.sourceArn)} -> ${name(fact.functionName)} ${bad(`${recordsOf(fact.recordCount)} discarded`)}: ${fact.condition}${told}${lost}`;
    }
    case 'batch.filtered':
      return `${name(fact.sourceArn)} -> ${name(fact.functionName)} ${recordsOf(fact.recordCount)} filtered out`;
    case 'source.shared':
      return `${name(fact.sourceArn)} ${wait('is shared')}: each message goes to one of ${fact.functionNames.map(name).join(', ')}`;
    case 'source.feedsItself':
      return `${name(fact.functionName)} ${wait('writes to the table whose stream it reads')}: what it writes comes back to it, and nothing stops a circle; a filter of the source may`;
    case 'recursion.stopped':
      return `${name(fact.functionName)} ${bad('not invoked')}: the event came round to it 16 times, by what it sends itself; "RecursiveLoop: Allow" lets it`;
    case 'source.stopped':
      return `${name(fact.sourceArn)} -> ${name(fact.functionName)} ${bad('nothing is read')}: ${fact.reason}`;
    case 'alarm.changed': {
      // Every alarm's first minute without trouble.
      if (fact.oldState === 'INSUFFICIENT_DATA' && fact.newState === 'OK') return undefined;
      const state = { OK: good('OK'), ALARM: bad('ALARM'), INSUFFICIENT_DATA: wait('INSUFFICIENT_DATA') };
      return `${name(fact.alarmName)} ${fact.oldState} -> ${state[fact.newState]} ${quiet(fact.reason)}`;
    }
    case 'alarms.held':
      return `alarms hold still while ${name(fact.functionName)} stands at a breakpoint, and a minute after`;
    case 'alarm.actionFailed':
      return `${name(fact.alarmName)} ${bad('could not act')} on ${name(fact.actionArn)}: ${fact.reason}`;
    case 'topic.deduplicated':
      return `${name(fact.topicName)} message${andId(fact.messageId)} ${wait('a duplicate')}, not delivered`;
    case 'topic.published': {
      const subject = fact.subject === undefined ? '' : ` "${fact.subject}"`;
      // Nobody hears of it: an alarm that tells of itself has its own line.
      if (fact.subscriptionCount === 0) return undefined;
      return `${name(fact.topicName)} message${subject}${andId(fact.messageId)}`;
    }
    case 'notification.sent':
      if (!fact.protocol.startsWith('email'))
        return `${name(fact.topicName)} -> ${name(fact.endpoint)} ${good('notified')}`;
      return `${name(fact.topicName)} ${wait('would be mailed')} to ${fact.endpoint}${fact.subject === undefined ? '' : `: ${fact.subject}`}`;
    case 'notification.filtered':
      return `${name(fact.topicName)} -> ${name(fact.endpoint)} ${quiet('filtered out')}`;
    case 'notification.failed':
      return `${name(fact.topicName)} -> ${name(fact.endpoint)} ${bad('not notified')}: ${fact.reason}${fact.deadLetterArn === undefined ? '' : `; dead letter to ${name(fact.deadLetterArn)}`}`;
    case 'object.notified':
      return `${name(fact.bucketName)} ${fact.eventName} ${fact.key} -> ${name(fact.targetArn)} ${good('notified')}`;
    case 'object.notNotified':
      return `${name(fact.bucketName)} ${fact.eventName} ${fact.key} -> ${name(fact.targetArn)} ${bad('not notified')}: ${fact.reason}`;
    case 'fault.set':
      return `${wait('Fault set')} ${fact.description}`;
    case 'fault.removed':
      return `${good('Fault removed')} ${fact.description}`;
    case 'fault.injected': {
      const call = fact.service === undefined ? 'an invocation' : `${fact.service}.${fact.operation}`;
      const by = fact.functionName === undefined ? '' : ` of ${name(fact.functionName)}`;
      return `${wait(fact.action)} done to ${call}${by}`;
    }
    case 'time.changed':
      return wait(
        `Time is ${Math.round(fact.aheadMs / 1_000)} s ahead, and retries run ${fact.retrySpeed} times as fast`,
      );
    case 'metrics.dropped':
      return wait(`The oldest metrics are dropped from now on: there are more than ${fact.limit}`);
    case 'spans.notSent':
      return `${bad('Spans are not sent')} to ${fact.url}: ${fact.reason}. This is told once`;
    case 'traces.dropped':
      return wait(`The oldest traces are dropped from now on: there are more than ${fact.limit}`);
    case 'request.answered':
      return requestLine(fact, options);
    case 'call.denied':
      return `${bad('AccessDenied')} ${short(fact.caller)} may not ${fact.action} on ${short(fact.resource)}: ${fact.reason}`;
    case 'call.unknown':
      return `${bad('UnknownOperation')} ${fact.service}.${fact.operation} is not emulated`;
    case 'debugger.listening':
      return `${name(fact.functionName)} ${quiet(`debugger at 127.0.0.1:${fact.port}`)}`;
    case 'debugger.attached':
      return `${name(fact.functionName)} ${quiet('debugger attached')}`;
    case 'debugger.detached':
      return `${name(fact.functionName)} ${quiet('debugger detached')}`;
    case 'debugger.paused':
      return `${name(fact.functionName)} ${wait('paused in the debugger')}, its time-out waits`;
    case 'debugger.resumed':
      return `${name(fact.functionName)} ${quiet('goes on')}`;
    case 'stack.status': {
      const { status, reason } = fact;
      const paintStatus = /FAILED|ROLLBACK/.test(status) ? bad : status.endsWith('_COMPLETE') ? good : quiet;
      return `${paint('bold', fact.stackName)} ${paintStatus(status)}${reason === undefined ? '' : `: ${reason}`}`;
    }
    case 'template.changed':
      return `${name(fact.file)} ${good('was saved and runs')}: ${changesOf(fact)}${listed(fact.missing)}`;
    case 'template.broken':
      return `${name(fact.file)} ${bad('was saved and is not run')}: all stays as it was${listed(options.verbose ? fact.errors : firstOf(fact.errors))}`;
    case 'build.started':
      return `${name(fact.functionName)} ${quiet(`building: ${fact.changed}`)}`;
    case 'build.succeeded':
      return `${name(fact.functionName)} ${good('built')} in ${milliseconds(fact.durationMs)}, ${builtSize(fact)}`;
    case 'code.ownWrite':
      return `${name(fact.functionName)} ${bad(`writes ${fact.file} itself`)}, where its code is: that reloads nothing; on AWS the folder is read-only`;
    case 'build.settled':
      return undefined;
    case 'sdk.installing':
      return `${name(fact.functionName)} ${quiet(`installing ${fact.name}`)}, which AWS's runtime has, into the cache`;
    case 'sdk.installed':
      return `${name(fact.functionName)} ${good(`uses ${fact.name}`)}, which AWS's runtime has: installed into the cache in ${milliseconds(fact.durationMs)}`;
    case 'sdk.missing':
      return `${name(fact.functionName)} ${bad(`lacks ${fact.name}`)}, which AWS's runtime has, and it could not be installed (${fact.reason}): ${fact.command}`;
    case 'packages.missing':
      return `${name(fact.functionName)} ${bad(`lacks ${fact.names.join(', ')}`)}, which its ${fact.manifest} names: ${fact.command}`;
    case 'aws.refused':
      return `${name(fact.functionName)} ${bad(`tried to reach ${fact.host}`)}, which is AWS and not this loop: refused; --allow-aws lets it`;
    case 'build.failed': {
      const meanwhile = fact.isServing
        ? 'the last good code keeps serving'
        : 'there is no code to serve until it is fixed';
      return `${name(fact.functionName)} ${bad('build failed')}, ${meanwhile}${listed(fact.errors)}`;
    }
  }
}

/** Such as `Audit is new, Orders changed`. */
function changesOf({ added, changed, removed }: Extract<Fact, { kind: 'template.changed' }>): string {
  const parts = [
    [added, 'new'],
    [changed, 'changed'],
    [removed, 'removed'],
  ] as const;
  const told = parts.flatMap(([ids, words]) => (ids.length > 0 ? [`${words} ${ids.join(', ')}`] : []));
  return told.length > 0 ? told.join('; ') : 'no resource is another';
}

/** The error that was thrown, unless its rows stand above, where the function or its runtime logged it; and its trace. */
function whyItEnded(
  { requestId, errorType = 'Error', errorMessage = '', traceId }: Extract<Fact, { kind: 'invocation.ended' }>,
  options: FactLineOptions,
): string {
  const { paint, verbose, told } = options;
  const error = nameOf({ type: errorType, message: errorMessage });
  const why = !verbose && told.has(requestId, error) ? errorType : error;
  told.isNew(requestId, error);
  if (traceId === undefined || hidesIds(options)) return why;
  if (!told.isNew(requestId, traceId) && !verbose) return why;
  return `${why}${paint('dim', ` (trace${TIED}${traceId})`)}`;
}

/** The route as the template has it; the path itself may tell of people. */
function requestLine(
  { apiName, method, routeKey, status, durationMs, reason }: Extract<Fact, { kind: 'request.answered' }>,
  { paint }: FactLineOptions,
): string {
  const route = routeKey === '' || routeKey === '$default' ? `${method} ${routeKey}`.trim() : routeKey;
  const answer = paint(status < 400 ? 'green' : status < 500 ? 'yellow' : 'red', String(status));
  return `${paint('bold', apiName)} ${route} ${answer} in ${milliseconds(durationMs)}${reason === undefined ? '' : `: ${reason}`}`;
}

/** The reason for another attempt, unless the line above says it. */
function reasonOf(
  { requestId, reason }: Extract<Fact, { kind: 'invocation.retry' }>,
  { verbose, told }: FactLineOptions,
): string {
  return !verbose && told.has(requestId, reason) ? '' : `: ${reason}`;
}

/** SQS, EventBridge, Lambda and the orders themselves have UUIDs for ids. */
const UUID = /\b([0-9a-f]{8})-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi;

function hidesIds({ ids, verbose }: FactLineOptions): boolean {
  return ids === 'none' && !verbose;
}

function withShortIds(text: string): string {
  return text.replaceAll(UUID, '$1…');
}

function listed(errors: string[]): string {
  return errors.map((error) => `\n    ${error}`).join('');
}

/** The rest often comes of these: what refers to a resource whose name is gone. */
const FIRST_ERRORS = 5;

function firstOf(errors: string[]): string[] {
  const left = errors.length - FIRST_ERRORS;
  return left <= 1 ? errors : [...errors.slice(0, FIRST_ERRORS), `… ${left} more: a start tells all`];
}

function builtSize({ sizeBytes }: Extract<Fact, { kind: 'build.succeeded' }>): string {
  return sizeBytes === undefined ? 'own code alone' : `${Math.ceil(sizeBytes / 1024)} KB`;
}

/** Template names for physical names and ARNs. */
export function shortNames(named: { logicalId: string; name: string; arn: string }[]): ShortName {
  const byName = new Map(
    named.flatMap(({ logicalId, name, arn }) => [[name, logicalId] as const, [arn, logicalId] as const]),
  );
  return (nameOrArn) => {
    const exact = byName.get(nameOrArn);
    if (exact) return exact;
    const resource = parseArn(nameOrArn)?.resource;
    if (resource === undefined) return nameOrArn;
    const [name = '', ...qualifier] = resource.replace(/^[a-z-]+[:/]/, '').split(':');
    const logicalId = byName.get(name);
    return logicalId === undefined ? resource : [logicalId, ...qualifier].join(':');
  };
}

function recordsOf(count: number): string {
  return count === 1 ? '1 record' : `${count} records`;
}

function milliseconds(value: number): string {
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`;
}

/** A wait as AWS has it, and how long it is here. */
function waiting(
  delayMs: number,
  { retrySpeed, isSpeedChanged }: Pick<FactLineOptions, 'retrySpeed' | 'isSpeedChanged'>,
): string {
  if (retrySpeed === 1) return seconds(delayMs);
  const speed = isSpeedChanged ? 'a retry speed of' : '--retry-speed';
  return `${seconds(delayMs)} (${seconds(delayMs / retrySpeed)} at ${speed} ${retrySpeed})`;
}

function seconds(valueMs: number): string {
  const value = valueMs / 1000;
  if (value >= 10) return `${Math.round(value)} s`;
  return `${Number(value.toFixed(value < 0.1 ? 3 : 1))} s`;
}
