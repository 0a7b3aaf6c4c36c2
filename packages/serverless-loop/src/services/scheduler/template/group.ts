import type { Reading } from '../../../template/resource-kind.ts';
import type { GroupModel } from '../schedule.ts';

/** Reads each AWS::Scheduler::ScheduleGroup. */
export function readGroups({ world, models }: Reading): void {
  const groups = world.each('AWS::Scheduler::ScheduleGroup', (resource) => {
    const properties = world.read(resource, ['Name', 'Tags']);
    world.reports.emulated(resource);
    const tags = properties
      .sections('Tags')
      .map((tag) => [tag.requiredText('Key'), tag.requiredText('Value')] as const);
    const model: GroupModel = {
      logicalId: resource.logicalId,
      name: world.name(resource, properties, 'Name', /^[\w.-]{1,64}$/),
      arn: world.arn(resource),
      tags: Object.fromEntries(tags),
    };
    return { type: resource.type, logicalId: resource.logicalId, name: model.name, model };
  });
  models.others.push(...groups);
}
