import { runHere } from '../checkout.ts';
import type { Place } from '../place.ts';
import type { Step } from '../step.ts';

/** SAM's own judgement of template.yaml, and cfn-lint's. */
export function template(place: Place): Step {
  return {
    id: 'template',
    title: 'Template',
    failure: 'prerequisite',
    limitMs: 120_000,
    async start(running) {
      await runHere('sam', ['validate', '--lint', '--region', place.region], { running, place });
    },
    check: async () => 'template.yaml is valid',
  };
}
