import type { MessageFact } from '../../../facts/messages.ts';
import type { FactLines } from '../fact-words.ts';

export const MESSAGE_LINES: FactLines<MessageFact> = {
  'queue.sent': (fact, { name, andId, short }) =>
    `${name(fact.queueName)} message${andId(fact.messageId)} from ${short(fact.sender)}`,
  'queue.deduplicated': (fact, { wait, name, andId, short }) =>
    `${name(fact.queueName)} message${andId(fact.messageId)} ${wait('a duplicate')} from ${short(fact.sender)}, not kept`,
  'queue.received': (fact, { name, andId }) =>
    `${name(fact.queueName)} message${andId(fact.messageId)} received, time ${fact.receiveCount}`,
  'queue.deleted': (fact, { name, andId }) =>
    `${name(fact.queueName)} message${andId(fact.messageId)} deleted`,
  'topic.deduplicated': (fact, { wait, name, andId }) =>
    `${name(fact.topicName)} message${andId(fact.messageId)} ${wait('a duplicate')}, not delivered`,
  'topic.published'(fact, { name, andId }) {
    const subject = fact.subject === undefined ? '' : ` "${fact.subject}"`;
    // Nobody hears of it: an alarm that tells of itself has its own line.
    if (fact.subscriptionCount === 0) return undefined;
    return `${name(fact.topicName)} message${subject}${andId(fact.messageId)}`;
  },
  'notification.sent'(fact, { good, wait, name }) {
    if (!fact.protocol.startsWith('email'))
      return `${name(fact.topicName)} -> ${name(fact.endpoint)} ${good('notified')}`;
    return `${name(fact.topicName)} ${wait('would be mailed')} to ${fact.endpoint}${fact.subject === undefined ? '' : `: ${fact.subject}`}`;
  },
  'notification.filtered': (fact, { name, quiet }) =>
    `${name(fact.topicName)} -> ${name(fact.endpoint)} ${quiet('filtered out')}`,
  'notification.failed': (fact, { bad, name }) =>
    `${name(fact.topicName)} -> ${name(fact.endpoint)} ${bad('not notified')}: ${fact.reason}${fact.deadLetterArn === undefined ? '' : `; dead letter to ${name(fact.deadLetterArn)}`}`,
  'object.notified': (fact, { good, name }) =>
    `${name(fact.bucketName)} ${fact.eventName} ${fact.key} -> ${name(fact.targetArn)} ${good('notified')}`,
  'object.notNotified': (fact, { bad, name }) =>
    `${name(fact.bucketName)} ${fact.eventName} ${fact.key} -> ${name(fact.targetArn)} ${bad('not notified')}: ${fact.reason}`,
  'subscription.sent': (fact, { good, name }) =>
    `${fact.logGroup} ${eventsOf(fact)} -> ${name(fact.destinationArn)} ${good('sent')} by ${fact.filterName}`,
  'subscription.failed': (fact, { bad, name }) =>
    `${fact.logGroup} ${eventsOf(fact)} -> ${name(fact.destinationArn)} ${bad('not sent')} by ${fact.filterName}: ${fact.reason}`,
};

function eventsOf({ eventCount }: { eventCount: number }): string {
  return eventCount === 1 ? '1 log event' : `${eventCount} log events`;
}
