import { AwsError } from '../../aws/errors.ts';
import { isObject } from '../../aws/json-object.ts';
import { isScheduleExpression } from '../../aws/schedule-expression.ts';
import type { RuleModel } from '../../template/model.ts';
import { type PreparedRule, prepareRule } from './active-rule.ts';

/** The reason why AWS would refuse a rule, and the rule's line in the template. */
export interface RuleProblem {
  line: number;
  logicalId: string;
  message: string;
}

/** EventBridge guide, quotas, as an account starts with them. */
export const QUOTAS = {
  patternCharacters: 2_048,
  targetsPerRule: 5,
  rulesPerBus: 300,
  wildcardRulesPerBus: 30,
};

/** Counts the rules of a bus that came so far. */
interface Counts {
  rules: number;
  wildcardRules: number;
}

/** Finds the rules that a deployment would fail on, in the template's order. */
export function validateRules(rules: RuleModel[]): RuleProblem[] {
  const countsOfBus = new Map<string, Counts>();
  return rules.flatMap((rule) => {
    const counts = countsOfBus.get(rule.busName) ?? { rules: 0, wildcardRules: 0 };
    countsOfBus.set(rule.busName, counts);
    return [...problemsOf(rule, prepareRule(rule)), ...busProblems(rule, counts)].map((message) => ({
      line: rule.line,
      logicalId: rule.logicalId,
      message,
    }));
  });
}

/** A rule made ready. Throws AwsError for one that AWS would refuse. */
export function acceptedRule(rule: RuleModel): PreparedRule {
  const prepared = prepareRule(rule);
  const [schedule] = scheduleProblems(rule);
  if (schedule !== undefined) throw new AwsError('ValidationException', schedule);
  const [problem] = problemsOf(rule, prepared);
  if (problem !== undefined) throw new AwsError('InvalidEventPatternException', problem);
  return prepared;
}

/** Finds what AWS would refuse about a rule alone. */
function problemsOf(rule: RuleModel, { problems, patternCharacters }: PreparedRule): string[] {
  return [
    ...problems,
    ...scheduleProblems(rule),
    ...overQuota(patternCharacters, QUOTAS.patternCharacters, 'characters in an event pattern'),
    ...overQuota(rule.targets.length, QUOTAS.targetsPerRule, 'targets of a rule'),
  ];
}

/** In the words of LocalStack's record, test_events_schedule.snapshot.json, and of that file's tests. */
function scheduleProblems({ scheduleExpression, busName }: RuleModel): string[] {
  if (scheduleExpression === undefined) return [];
  return [
    ...(isScheduleExpression(scheduleExpression) ? [] : ['Parameter ScheduleExpression is not valid.']),
    ...(busName === 'default' ? [] : ['ScheduleExpression is supported only on the default event bus.']),
  ];
}

/** Counts the rule. Only the one that exceeds a quota first, and those after it, are to blame. */
function busProblems({ pattern }: RuleModel, counts: Counts): string[] {
  const isWildcardRule = usesWildcard(pattern);
  counts.rules += 1;
  if (isWildcardRule) counts.wildcardRules += 1;
  return [
    ...overQuota(counts.rules, QUOTAS.rulesPerBus, 'rules on a bus'),
    ...(isWildcardRule
      ? overQuota(counts.wildcardRules, QUOTAS.wildcardRulesPerBus, 'rules with wildcards on a bus')
      : []),
  ];
}

function overQuota(count: number, quota: number, what: string): string[] {
  return count > quota
    ? [`AWS allows ${quota} ${what} unless the quota was raised; this makes ${count}.`]
    : [];
}

/** Operators stand in the arrays of a pattern: there, and under `anything-but`, `wildcard` is no field's name. */
function usesWildcard(part: unknown): boolean {
  if (Array.isArray(part)) return part.some((item) => isWildcard(item) || usesWildcard(item));
  return isObject(part) && Object.values(part).some(usesWildcard);
}

function isWildcard(item: unknown): boolean {
  return isObject(item) && ('wildcard' in item || isWildcard(item['anything-but']));
}
