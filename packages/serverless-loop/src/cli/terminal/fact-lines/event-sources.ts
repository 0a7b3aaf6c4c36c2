import type { EventSourceFact } from '../../../facts/event-sources.ts';
import type { FactLines } from '../fact-words.ts';

export const EVENT_SOURCE_LINES: FactLines<EventSourceFact> = {
  'batch.read': (fact, { name, andId }) =>
    `${name(fact.sourceArn)} -> ${name(fact.functionName)} ${recordsOf(fact.recordCount)}${andId(fact.requestId)}`,
  'batch.succeeded': (fact, { good, name }) =>
    `${name(fact.sourceArn)} -> ${name(fact.functionName)} ${recordsOf(fact.recordCount)} ${good('processed')}`,
  'batch.failed': (fact, { bad, name }) =>
    `${name(fact.sourceArn)} -> ${name(fact.functionName)} ${bad(`${fact.failedCount} of ${recordsOf(fact.recordCount)} failed`)}: ${fact.reason}`,
  'batch.retry': (fact, { wait, name, delay }) =>
    `${name(fact.sourceArn)} -> ${name(fact.functionName)} ${wait(`again in ${delay(fact.delayMs)}`)}: ${fact.reason}`,
  'batch.discarded'(fact, { bad, name }) {
    const told = fact.destinationArn === undefined ? '' : `; word of it to ${name(fact.destinationArn)}`;
    const lost = fact.problem === undefined ? '' : ` ${bad('failed')}: ${fact.problem}`;
    return `${name(fact.sourceArn)} -> ${name(fact.functionName)} ${bad(`${recordsOf(fact.recordCount)} discarded`)}: ${fact.condition}${told}${lost}`;
  },
  'batch.filtered': (fact, { name }) =>
    `${name(fact.sourceArn)} -> ${name(fact.functionName)} ${recordsOf(fact.recordCount)} filtered out`,
  'source.shared': (fact, { wait, name }) =>
    `${name(fact.sourceArn)} ${wait('is shared')}: each message goes to one of ${fact.functionNames.map(name).join(', ')}`,
  'source.feedsItself': (fact, { wait, name }) =>
    `${name(fact.functionName)} ${wait('writes to the table whose stream it reads')}: what it writes comes back to it, and nothing stops a circle; a filter of the source may`,
  'source.stopped': (fact, { bad, name }) =>
    `${name(fact.sourceArn)} -> ${name(fact.functionName)} ${bad('nothing is read')}: ${fact.reason}`,
};

function recordsOf(count: number): string {
  return count === 1 ? '1 record' : `${count} records`;
}
