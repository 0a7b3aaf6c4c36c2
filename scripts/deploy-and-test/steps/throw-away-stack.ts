import path from 'node:path';
import type { Outputs } from '../../stack/outputs.ts';
import { leftoversOf, withLambdaLogGroups } from '../leftovers.ts';
import type { Place } from '../place.ts';
import { reasonOf } from '../reason.ts';
import { samDelete, samDeploy } from '../sam.ts';
import { outputsOf, type StackResource, stackRecords } from '../stack-record.ts';
import { throwAwayTags } from '../stack-tags.ts';
import { type Running, type Step, StepFailure, type Undo } from '../step.ts';
import { until } from '../wait.ts';

export interface ThrowAwayStack {
  step: Step;
  /** Once it is deployed. */
  outputs(): Outputs | undefined;
  /** True while there is something of it, as far as CloudFormation can be asked; a stack that was never begun isn't there. */
  isThere(): Promise<boolean>;
}

interface Options {
  place: Place;
  stackName: string;
  stage: string;
  buildFolder: string;
  keep: boolean;
}

/** A queue may be there for a minute after its deletion (SQS API reference, DeleteQueue). */
const GONE_MS = 180_000;
/** CloudFormation takes no deletion of a stack that it updates or takes back. */
const BUSY = /^(UPDATE|ROLLBACK|UPDATE_ROLLBACK|DELETE)_.*IN_PROGRESS$/;

/** A stack of this run's own, with all that is in it; its undoing removes it and looks for what is left of it. */
export function throwAwayStack({ place, stackName, stage, buildFolder, keep }: Options): ThrowAwayStack {
  const records = stackRecords(place);
  let outputs: Outputs | undefined;
  let isBegun = false;
  let resources: StackResource[] = [];
  /** SAM's reason for not deleting it. */
  let refusal: string | undefined;

  const undo: Undo = {
    id: 'delete',
    title: `Delete ${stackName}`,
    when: 'always',
    failure: 'cleanup',
    limitMs: 1_800_000,
    async start(running) {
      const stack = await stillStack(running);
      if (stack === undefined) return;
      resources = await records.resources(stackName);
      // The rest is looked for all the same.
      await samDelete({ place, stackName }, running).catch((error) => {
        running.signal.throwIfAborted();
        refusal = reasonOf(error);
      });
    },
    async check({ signal, say }) {
      const wanted = withLambdaLogGroups(resources);
      const patience = AbortSignal.any([signal, AbortSignal.timeout(refusal === undefined ? GONE_MS : 1)]);
      await until(patience, 2_000, async () => (await whatIsLeft(wanted)).length === 0 || undefined).catch(
        () => undefined,
      );
      const left = await whatIsLeft(wanted);
      for (const each of left) say(`left: ${each}`);
      if (refusal !== undefined || left.length > 0)
        throw new StepFailure(
          [refusal, left.length > 0 && `left: ${left.join(', ')}`].filter(Boolean).join('\n'),
        );
      return resources.length === 0 ? 'nothing had been made' : `gone, with ${resources.length} resources`;
    },
  };

  async function stillStack({ signal, say }: Running) {
    return until(signal, 5_000, async () => {
      const stack = await records.find(stackName);
      if (!BUSY.test(stack?.StackStatus ?? '')) return { stack };
      say(`waiting for CloudFormation to end ${stack?.StackStatus}`);
      return undefined;
    }).then(({ stack }) => stack);
  }

  async function whatIsLeft(wanted: StackResource[]): Promise<string[]> {
    const stack = await records.find(stackName);
    const status = stack?.StackStatus;
    return [
      ...(status === undefined || status === 'DELETE_COMPLETE' ? [] : [`stack ${stackName} (${status})`]),
      ...(await leftoversOf(place, wanted)),
    ];
  }

  return {
    outputs: () => outputs,
    async isThere() {
      if (!isBegun) return false;
      return records.find(stackName).then(
        (stack) => stack !== undefined,
        () => true,
      );
    },
    step: {
      id: 'deploy',
      title: `Deploy ${stackName}`,
      failure: 'deploy',
      limitMs: 1_800_000,
      async start(running) {
        isBegun = true;
        const parameters = { Stage: stage, OrderBusName: stackName };
        const templateFile = path.join(buildFolder, 'template.yaml');
        await samDeploy({ place, stackName, templateFile, parameters, tags: throwAwayTags(stage) }, running);
      },
      async check() {
        const stack = await records.find(stackName);
        if (!stack) throw new StepFailure(`after sam deploy there is no stack ${stackName}`);
        if (!/^(CREATE|UPDATE)_COMPLETE$/.test(stack.StackStatus ?? ''))
          throw new StepFailure(`after sam deploy the stack ${stackName} is ${stack.StackStatus}`);
        outputs = outputsOf(stack);
        return `${stack.StackStatus}, ${Object.keys(outputs).length} outputs`;
      },
      ...(!keep && { undo }),
    },
  };
}
