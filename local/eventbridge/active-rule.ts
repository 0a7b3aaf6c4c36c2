import type { RuleModel, TargetModel } from '../template/model.ts';
import { compileInput, type InputMaker } from './input.ts';
import { compilePattern, type EventMatcher } from './pattern/pattern.ts';

/** A rule that fires, its pattern and inputs made ready once. */
export interface ActiveRule {
  name: string;
  busName: string;
  arn: string;
  matches: EventMatcher;
  targets: ActiveTarget[];
}

export interface ActiveTarget {
  arn: string;
  makeInput: InputMaker;
  retryPolicy: TargetModel['retryPolicy'];
  deadLetterArn: string | undefined;
}

/** None for a rule that is disabled or has only a schedule. */
export function activate(rule: RuleModel): ActiveRule[] {
  if (!rule.enabled || !rule.pattern) return [];
  return [
    {
      name: rule.name,
      busName: rule.busName,
      arn: rule.arn,
      matches: compilePattern(rule.pattern),
      targets: rule.targets.map((target) => ({
        arn: target.arn,
        makeInput: compileInput(target),
        retryPolicy: target.retryPolicy,
        deadLetterArn: target.deadLetterArn,
      })),
    },
  ];
}
