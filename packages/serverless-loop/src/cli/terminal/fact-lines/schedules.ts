import type { ScheduleFact } from '../../../facts/schedules.ts';
import type { FactLines } from '../fact-words.ts';

export const SCHEDULE_LINES: FactLines<ScheduleFact> = {
  'schedule.invoked': (fact, { good, name }) =>
    `${name(fact.scheduleName)} -> ${name(fact.targetArn)} ${good('invoked')}${fact.attempt > 1 ? ` at attempt ${fact.attempt}` : ''}`,
  'schedule.retry': (fact, { wait, name, delay }) =>
    `${name(fact.scheduleName)} -> ${name(fact.targetArn)} ${wait(`${fact.errorCode}, again in ${delay(fact.delayMs)}`)}: ${fact.errorMessage}`,
  'schedule.deadLettered': (fact, { bad, name }) =>
    `${name(fact.scheduleName)} -> ${name(fact.targetArn)} ${bad(fact.errorCode)}: ${fact.errorMessage}; dead letter to ${name(fact.queueArn)}`,
  'schedule.lost': (fact, { bad, name }) =>
    `${name(fact.scheduleName)} -> ${name(fact.targetArn)} ${bad(`${fact.errorCode}, not invoked`)}: ${fact.errorMessage}`,
};
