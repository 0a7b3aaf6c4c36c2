import { AwsError } from '../aws/errors.ts';
import { isObject } from '../aws/json-object.ts';
import type { RuleModel } from '../template/model.ts';
import { compileInput } from './input.ts';
import { InvalidPatternError } from './pattern/invalid-pattern-error.ts';
import { compilePattern, patternText } from './pattern/pattern.ts';

/** Why AWS would refuse a rule, and where in the template it stands. */
export interface RuleProblem {
  line: number;
  logicalId: string;
  message: string;
}

/** EventBridge guide, quotas, as an account starts with them. */
const quotas = { patternCharacters: 2_048, targetsPerRule: 5, rulesPerBus: 300, wildcardRulesPerBus: 30 };

/** Finds the rules that a deployment would fail on, in the template's order. */
export function validateRules(rules: RuleModel[]): RuleProblem[] {
  return rules.flatMap((rule, index) => {
    const soFar = rules.slice(0, index + 1).filter(({ busName }) => busName === rule.busName);
    return [...patternProblems(rule), ...targetProblems(rule), ...busProblems(rule, soFar)].map(
      (message) => ({
        line: rule.line,
        logicalId: rule.logicalId,
        message,
      }),
    );
  });
}

function patternProblems({ pattern }: RuleModel): string[] {
  if (!pattern) return [];
  const characters = patternText(pattern).length;
  const reason = problemOf(() => compilePattern(pattern));
  return [
    ...(reason === undefined ? [] : [`Event pattern is not valid. Reason: ${reason}`]),
    ...overQuota(characters, quotas.patternCharacters, 'characters in an event pattern'),
  ];
}

function targetProblems({ targets }: RuleModel): string[] {
  const inputs = targets.flatMap((target) => problemOf(() => compileInput(target)) ?? []);
  return [...inputs, ...overQuota(targets.length, quotas.targetsPerRule, 'targets of a rule')];
}

/** Only the rule that exceeds a quota first, and those after it, are to blame. */
function busProblems(rule: RuleModel, sameBus: RuleModel[]): string[] {
  const wildcardRules = usesWildcard(rule.pattern)
    ? sameBus.filter(({ pattern }) => usesWildcard(pattern))
    : [];
  return [
    ...overQuota(sameBus.length, quotas.rulesPerBus, 'rules on a bus'),
    ...overQuota(wildcardRules.length, quotas.wildcardRulesPerBus, 'rules with wildcards on a bus'),
  ];
}

function overQuota(count: number, quota: number, what: string): string[] {
  return count > quota
    ? [`AWS allows ${quota} ${what} unless the quota was raised; this makes ${count}.`]
    : [];
}

function problemOf(compile: () => void): string | undefined {
  try {
    compile();
    return undefined;
  } catch (error) {
    if (error instanceof InvalidPatternError || error instanceof AwsError) return error.message;
    throw error;
  }
}

/** Operators stand in the arrays of a pattern: there, and under `anything-but`, `wildcard` is no field's name. */
function usesWildcard(part: unknown): boolean {
  if (Array.isArray(part)) return part.some((item) => isWildcard(item) || usesWildcard(item));
  return isObject(part) && Object.values(part).some(usesWildcard);
}

function isWildcard(item: unknown): boolean {
  return isObject(item) && ('wildcard' in item || isWildcard(item['anything-but']));
}
