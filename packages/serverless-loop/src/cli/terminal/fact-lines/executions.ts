import type { ExecutionFact } from '../../../facts/executions.ts';
import { type FactLines, milliseconds } from '../fact-words.ts';

export const EXECUTION_LINES: FactLines<ExecutionFact> = {
  'execution.started': (fact, { name, andId }) =>
    `${name(fact.machineName)} execution starts${andId(fact.executionName)}`,
  'execution.ended'(fact, { good, bad, name }) {
    const took = milliseconds(fact.durationMs);
    if (fact.status === 'SUCCEEDED') return `${name(fact.machineName)} ${good('succeeded')} in ${took}`;
    const why = [fact.error, fact.cause].filter((part) => part !== undefined && part !== '').join(': ');
    return `${name(fact.machineName)} ${bad(fact.status)} after ${took}${why === '' ? '' : `: ${why}`}`;
  },
  'state.entered': (fact, { name, quiet }) =>
    `${name(fact.machineName)} -> ${fact.stateName} ${quiet(fact.stateType)}`,
  'state.retry': (fact, { wait, name, delay }) =>
    `${name(fact.machineName)} -> ${fact.stateName} ${wait(`${fact.error}, attempt ${fact.attempt + 1} in ${delay(fact.delayMs)}`)}`,
  'task.failed': (fact, { bad, name }) =>
    `${name(fact.machineName)} task ${bad(fact.error ?? 'failed')}${fact.cause === undefined ? '' : `: ${fact.cause}`}`,
};
