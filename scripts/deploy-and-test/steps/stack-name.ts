import type { Place } from '../place.ts';
import { stackRecords } from '../stack-record.ts';
import { isThrowAway } from '../stack-tags.ts';
import { type Step, StepFailure } from '../step.ts';

/** Nobody else's stack is touched: the name is free, or that of a stack which an earlier run has left. */
export function freeName({ place, stackName }: { place: Place; stackName: string }): Step {
  let seen = '';
  return {
    id: 'name',
    title: `Name ${stackName}`,
    failure: 'prerequisite',
    limitMs: 60_000,
    async start() {
      const stack = await stackRecords(place).find(stackName);
      if (stack && !isThrowAway(stack))
        throw new StepFailure(
          `there is a stack ${stackName} already, and no run of this script made it (it lacks the tag purpose=deploy-and-test): choose another --stack-name`,
        );
      seen = stack ? `left by an earlier run (${stack.StackStatus})` : 'free';
    },
    check: async () => seen,
  };
}
