import type { AlarmModel } from '../../aws/alarm.ts';
import { AlarmRuleError, parseAlarmRule } from './alarms/rule.ts';
import { idsIn, parseExpression } from './math/expression.ts';
import { MetricMathError } from './math/math-error.ts';
import { findStatistic } from './statistics.ts';

/** The reasons why CloudWatch would refuse an alarm: an unknown statistic, an expression or a rule that can't be read. */
export function alarmProblems(alarm: AlarmModel): string[] {
  if (alarm.kind === 'composite') return ruleProblems(alarm.rule);
  const { watched } = alarm;
  if ('source' in watched) return statisticProblems(watched.source.stat);
  const known = new Set(watched.queries.map(({ id }) => id));
  return watched.queries.flatMap((query) => {
    if ('source' in query) return statisticProblems(query.source.stat);
    return expressionProblems(query.id, query.expression, known);
  });
}

function statisticProblems(stat: string): string[] {
  return findStatistic(stat)
    ? []
    : [`expected a statistic such as Sum or p99, found ${JSON.stringify(stat)}`];
}

function expressionProblems(id: string, expression: string, known: ReadonlySet<string>): string[] {
  try {
    const unknown = idsIn(parseExpression(expression)).find((name) => !known.has(name));
    return unknown === undefined ? [] : [`Error in expression '${id}': Undefined variable ${unknown}`];
  } catch (error) {
    if (error instanceof MetricMathError) return [`Error in expression '${id}': ${error.message}`];
    throw error;
  }
}

function ruleProblems(rule: string): string[] {
  try {
    parseAlarmRule(rule);
    return [];
  } catch (error) {
    if (error instanceof AlarmRuleError) return [`AlarmRule: ${error.message}`];
    throw error;
  }
}
