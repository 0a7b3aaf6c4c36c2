import type { EventFact } from '../../../facts/events.ts';
import type { FactLines } from '../fact-words.ts';

export const EVENT_LINES: FactLines<EventFact> = {
  'event.published': (fact, { name, andId }) =>
    `${name(fact.busName)} event "${fact.detailType}" from ${fact.source}${andId(fact.eventId)}`,
  'event.refused': (fact, { bad, name }) =>
    `${name(fact.busName)} ${bad('refused')} an event "${fact.detailType}": ${fact.errorCode}: ${fact.errorMessage}`,
  'event.replayed': (fact, { name, andId }) =>
    `${name(fact.busName)} event of ${name(fact.replayName)} again${andId(fact.eventId)}`,
  'replay.ended': (fact, { good, wait, name }) =>
    `${name(fact.replayName)} ${fact.state === 'COMPLETED' ? good('completed') : wait(fact.state)}: ${fact.eventCount} ${fact.eventCount === 1 ? 'event' : 'events'} sent again`,
  'archives.full': (fact, { wait }) =>
    wait(`Archives hold ${Math.round(fact.maxBytes / 1024 / 1024)} MB: the oldest events go`),
  'event.unmatched': (fact, { wait, name, andId }) =>
    `${name(fact.busName)} ${wait('nobody takes the event')}: ${fact.reason}${andId(fact.eventId)}`,
  'rule.gaveUp': (fact, { bad, name, andId }) =>
    `${name(fact.ruleName)} ${bad('was not matched to the end')}: ${fact.reason}${andId(fact.eventId)}`,
  'rule.matched': (fact, { name }) =>
    `${name(fact.ruleName)} matches, ${fact.targetCount} ${fact.targetCount === 1 ? 'target' : 'targets'}`,
  'delivery.succeeded': (fact, { good, name }) =>
    `${name(fact.ruleName)} -> ${name(fact.targetArn)} ${good('delivered')}${fact.attempt > 1 ? ` at attempt ${fact.attempt}` : ''}`,
  'delivery.retry': (fact, { wait, name, delay }) =>
    `${name(fact.ruleName)} -> ${name(fact.targetArn)} ${wait(`${fact.errorCode}, again in ${delay(fact.delayMs)}`)}: ${fact.errorMessage}`,
  'delivery.deadLettered': (fact, { bad, name }) =>
    `${name(fact.ruleName)} -> ${name(fact.targetArn)} ${bad(fact.errorCode)}: ${fact.errorMessage}; dead letter to ${name(fact.queueArn)}`,
  'delivery.lost': (fact, { bad, name }) =>
    `${name(fact.ruleName)} -> ${name(fact.targetArn)} ${bad(`${fact.errorCode}, event lost`)}: ${fact.errorMessage}`,
};
