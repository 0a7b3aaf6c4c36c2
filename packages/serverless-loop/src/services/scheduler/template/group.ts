import { readOwn } from '../../../template/read-own.ts';
import type { Reading } from '../../../template/resource-kind.ts';
import { readTags } from '../../../template/resource-tags.ts';
import type { GroupModel } from '../schedule.ts';

/** Reads each AWS::Scheduler::ScheduleGroup. */
export function readGroups(reading: Reading): void {
  readOwn(reading, 'AWS::Scheduler::ScheduleGroup', (resource, world): GroupModel => {
    const properties = world.read(resource, ['Name', 'Tags']);
    world.reports.emulated(resource);
    return {
      logicalId: resource.logicalId,
      name: world.name(resource, properties, 'Name', /^[\w.-]{1,64}$/),
      arn: world.arn(resource),
      tags: readTags(properties),
    };
  });
}
