import { type Figure, type Result, scaled } from '../figure.ts';
import { median } from '../statistics.ts';
import { type RuleDeployment, startRuleDeployments } from '../subjects/rule-deployment.ts';

const MANY = 1_000;
const FEW = 100;
const ROUNDS = 5;

export const rules: Figure = {
  name: 'rules',
  title: `a stack of ${MANY} rules with wildcards, beside one of ${FEW}`,
  target: 'a rule among many costs at most 1.5 of one among few',
  async run(options) {
    const deploy = await startRuleDeployments(options);
    const rounds = scaled(options, ROUNDS, 2);
    await deploy(FEW);
    await deploy(MANY);
    const few: RuleDeployment[] = [];
    const many: RuleDeployment[] = [];
    await options.profiled(async () => {
      for (let round = 1; round <= rounds; round++) {
        few.push(await deploy(FEW));
        many.push(await deploy(MANY));
        options.say(
          `round ${round} of ${rounds}: ${text(few.at(-1))} of ${FEW}, ${text(many.at(-1))} of ${MANY}`,
        );
      }
    });
    return [
      result('a rule', 'ms/rule', ({ elapsedMs }, count) => elapsedMs / count, [
        { of: 'ratio', atMost: 1.5 },
      ]),
      result('the longest that others wait', 'ms', ({ longestWaitMs }) => longestWaitMs, []),
    ];

    function result(
      what: string,
      unit: string,
      measure: (deployment: RuleDeployment, rules: number) => number,
      limits: Result['limits'],
    ): Result {
      return {
        what: `${what}, of ${MANY}`,
        unit,
        measured: { median: median(many.map((each) => measure(each, MANY))) },
        reference: { what: `of ${FEW}`, median: median(few.map((each) => measure(each, FEW))) },
        limits,
      };
    }
  },
};

const text = (deployment: RuleDeployment | undefined) =>
  `${deployment?.elapsedMs.toFixed(0)} ms for the stack`;
