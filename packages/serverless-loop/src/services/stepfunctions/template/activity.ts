import { readOwn } from '../../../template/read-own.ts';
import type { Reading } from '../../../template/resource-kind.ts';
import { readTags } from '../../../template/resource-tags.ts';
import type { ActivityModel } from '../machines/state-machine.ts';

/** Reads each AWS::StepFunctions::Activity. */
export function readActivities(reading: Reading): void {
  readOwn(reading, 'AWS::StepFunctions::Activity', (resource, world): ActivityModel => {
    const properties = world.read(resource, ['EncryptionConfiguration', 'Name', 'Tags']);
    world.reports.emulated(resource);
    world.reportLeftOut(resource, properties);
    return {
      logicalId: resource.logicalId,
      name: world.name(resource, properties, 'Name', /^[\w.()!=+@'-]{1,80}$/),
      arn: world.arn(resource),
      tags: readTags(properties),
    };
  });
}
