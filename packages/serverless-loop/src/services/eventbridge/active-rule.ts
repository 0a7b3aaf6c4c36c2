import { AwsError } from '../../aws/errors.ts';
import type { RuleModel, TargetModel } from '../../template/model.ts';
import type { InputMaker } from './input-maker.ts';
import { InvalidPatternError } from './pattern/invalid-pattern-error.ts';
import { compilePattern, type EventMatcher, patternText } from './pattern/pattern.ts';
import { compileInput } from './target-input.ts';
import { compileGroup, compileHttp, type GroupOf, type HttpOf } from './target-parameters.ts';

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
  roleArn: string | undefined;
  makeInput: InputMaker;
  groupOf: GroupOf;
  /** Of an API destination. */
  httpOf: HttpOf | undefined;
  retryPolicy: TargetModel['retryPolicy'];
  deadLetterArn: string | undefined;
}

/** A rule's pattern and inputs, compiled once, or what is wrong with them in AWS's words. */
export interface PreparedRule {
  /** None for a rule that is disabled, has only a schedule or is wrong. */
  active: ActiveRule | undefined;
  /** The same of a rule with a schedule, which fires whatever events there are. */
  scheduled: ActiveRule | undefined;
  problems: string[];
  patternCharacters: number;
}

/** Compiles a rule; a disabled one too, because AWS looks at it all the same. */
export function prepareRule(rule: RuleModel): PreparedRule {
  const problems: string[] = [];
  const tell = (message: string) => void problems.push(message);
  // Read once: the text says all that is compiled, and a long number's digits too.
  const pattern = rule.pattern && patternText(rule.pattern);
  const matches =
    pattern &&
    madeOr(
      () => compilePattern(pattern),
      (reason) => tell(`Event pattern is not valid. Reason: ${reason}`),
    );
  const targets = rule.targets.flatMap((target) => {
    const makeInput = madeOr(() => compileInput(target), tell);
    const groupOf = madeOr(() => compileGroup(target), tell);
    const httpOf = compileHttp(target);
    const { arn, roleArn, retryPolicy, deadLetterArn } = target;
    return makeInput && groupOf
      ? [{ arn, roleArn, makeInput, groupOf, httpOf, retryPolicy, deadLetterArn }]
      : [];
  });
  const { name, busName, arn } = rule;
  const runs = rule.enabled && problems.length === 0;
  const isScheduled = rule.scheduleExpression !== undefined;
  return {
    active: runs && matches ? { name, busName, arn, matches, targets } : undefined,
    scheduled: runs && isScheduled ? { name, busName, arn, matches: () => true, targets } : undefined,
    problems,
    patternCharacters: pattern?.length ?? 0,
  };
}

function madeOr<Made>(make: () => Made, tell: (message: string) => void): Made | undefined {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof InvalidPatternError || error instanceof AwsError)) throw error;
    tell(error.message);
    return undefined;
  }
}
