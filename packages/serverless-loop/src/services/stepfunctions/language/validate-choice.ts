import { isObject, type JsonObject } from '../../../aws/json-object.ts';
import { OPERATORS } from './choice-operators.ts';
import type { QueryLanguage } from './fields.ts';
import { type Complain, schemaProblem } from './problem.ts';
import * as check from './value-checks.ts';

/** Says what is wrong with the rules of a Choice state (states language, "Choice Rule"). */
export function validateChoices(
  rules: readonly unknown[],
  language: QueryLanguage,
  location: string,
  complain: Complain,
): void {
  for (const [at, rule] of rules.entries()) {
    const place = `${location}[${at}]`;
    if (!isObject(rule)) complain(schemaProblem('Expected value of type Object', place));
    else {
      if (typeof rule.Next !== 'string') complain(schemaProblem('These fields are required: [Next]', place));
      if (language === 'JSONata') validateCondition(rule, place, complain);
      else validateRule(rule, place, complain);
    }
  }
}

function validateCondition({ Condition }: JsonObject, place: string, complain: Complain): void {
  if (Condition === undefined) complain(schemaProblem('These fields are required: [Condition]', place));
  else if (typeof Condition !== 'boolean' && !check.isExpression(Condition))
    complain(schemaProblem('Value must be a boolean or a JSONata expression', `${place}/Condition`));
}

function validateRule(rule: JsonObject, place: string, complain: Complain): void {
  if (isObject(rule.Not)) {
    validateRule(rule.Not, `${place}/Not`, complain);
    return;
  }
  for (const name of ['And', 'Or']) {
    const inner = rule[name];
    if (inner === undefined) continue;
    const rules: unknown[] = Array.isArray(inner) ? inner : [];
    if (rules.length === 0) complain(schemaProblem('Value cannot be empty', `${place}/${name}`));
    for (const [at, one] of rules.entries())
      validateRule(isObject(one) ? one : {}, `${place}/${name}[${at}]`, complain);
    return;
  }
  validateComparison(rule, place, complain);
}

function validateComparison(rule: JsonObject, place: string, complain: Complain): void {
  const problem = check.path(rule.Variable);
  if (rule.Variable === undefined) complain(schemaProblem('These fields are required: [Variable]', place));
  else if (problem !== undefined) complain(schemaProblem(problem, `${place}/Variable`));
  const operators = Object.keys(rule).filter((name) => OPERATORS.has(name));
  const [operator] = operators;
  if (operator === undefined || operators.length > 1) {
    complain(schemaProblem('A rule has one comparison operator', place));
    return;
  }
  const wrong = OPERATORS.get(operator)?.(rule[operator]);
  if (wrong !== undefined) complain(schemaProblem(wrong, `${place}/${operator}`));
}
