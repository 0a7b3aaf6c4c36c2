import type { Properties } from '../../../template/properties.ts';
import type { Resource } from '../../../template/resource.ts';
import type { Targets } from '../../../template/targets.ts';
import type { World } from '../../../template/world.ts';

/** A function's own dead-letter queue, a standard one, or topic (Lambda developer guide, "Dead-letter queues"). */
export function readDeadLetterArn(
  resource: Resource,
  properties: Properties,
  targets: Targets,
  world: World,
): string | undefined {
  const config = properties.section('DeadLetterConfig');
  const arn = config?.requiredText('TargetArn');
  if (!config || !arn) return undefined;
  if (arn.endsWith('.fifo')) {
    config.complain('TargetArn', `expected a standard queue, found the FIFO queue ${arn}`);
    return undefined;
  }
  const target = targets.find(arn);
  if (target.kind === 'queue' || target.kind === 'topic') return arn;
  if (target.kind === 'not emulated')
    world.reports.part(resource, 'DeadLetterConfig', config.line, 'not emulated', target.reason);
  else {
    const problem = `expected the ARN of a queue or a topic of this template, found ${arn}`;
    world.leaveOut(resource, 'DeadLetterConfig', config, 'TargetArn', problem);
  }
  return undefined;
}
