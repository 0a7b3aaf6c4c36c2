import path from 'node:path';
import type { Outputs } from '../../stack/outputs.ts';
import type { Place } from '../place.ts';
import { samDeploy } from '../sam.ts';
import { outputsOf, stackRecords } from '../stack-record.ts';
import { type Step, StepFailure, type Undo } from '../step.ts';
import { until } from '../wait.ts';
import type { SavedStack } from './saved-stack.ts';

interface Options {
  place: Place;
  stackName: string;
  /** Of samconfig.toml. */
  environment: string;
  parameters: Record<string, string>;
  buildFolder: string;
  saved(): SavedStack | undefined;
}

/** The stack of a stage, which stays; where the run fails after this, what was saved of it is deployed again. */
export function stageStack(options: Options): { step: Step; outputs(): Outputs | undefined } {
  const { place, stackName, environment, parameters, buildFolder, saved } = options;
  const records = stackRecords(place);
  let outputs: Outputs | undefined;
  let restored = '';

  const undo: Undo = {
    id: 'restore',
    title: `Restore ${stackName}`,
    when: 'failure',
    failure: 'deploy',
    limitMs: 3_600_000,
    async start(running) {
      const before = saved();
      const stack = await until(running.signal, 5_000, async () => {
        const stack = await records.find(stackName);
        if (!/_IN_PROGRESS$/.test(stack?.StackStatus ?? '') || stack?.StackStatus === 'REVIEW_IN_PROGRESS')
          return { status: stack?.StackStatus };
        running.say(`waiting for CloudFormation to end ${stack?.StackStatus}`);
        return undefined;
      });
      if (before === undefined)
        throw new StepFailure(
          `there was no ${stackName} before, so there is nothing to go back to: it is left as it is (${stack.status ?? 'not there'})`,
        );
      restored = 'CloudFormation had gone back by itself';
      if (stack.status === 'UPDATE_ROLLBACK_COMPLETE') return;
      running.say(`Deploying again what ${stackName} was before.`);
      await samDeploy({ place, stackName, ...before, environment }, running);
      restored = 'deployed again as it was before';
    },
    check: async () => restored,
  };

  return {
    outputs: () => outputs,
    step: {
      id: 'stage',
      title: `Deploy ${stackName}`,
      failure: 'deploy',
      // A canary takes five minutes, and there are two functions.
      limitMs: 3_600_000,
      async start(running) {
        const templateFile = path.join(buildFolder, 'template.yaml');
        await samDeploy({ place, stackName, templateFile, parameters, environment }, running);
      },
      async check() {
        const stack = await records.find(stackName);
        if (!stack) throw new StepFailure(`after sam deploy there is no stack ${stackName}`);
        outputs = outputsOf(stack);
        return `${stack.StackStatus}, ${Object.keys(outputs).length} outputs`;
      },
      undo,
    },
  };
}
