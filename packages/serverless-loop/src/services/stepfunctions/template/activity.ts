import type { Reading } from '../../../template/resource-kind.ts';
import type { ActivityModel } from '../machines/state-machine.ts';
import { readTags } from './state-machine.ts';

/** Reads each AWS::StepFunctions::Activity. */
export function readActivities({ world, models }: Reading): void {
  const activities = world.each('AWS::StepFunctions::Activity', (resource) => {
    const properties = world.read(resource, ['EncryptionConfiguration', 'Name', 'Tags']);
    world.reports.emulated(resource);
    world.reportLeftOut(resource, properties);
    const model: ActivityModel = {
      logicalId: resource.logicalId,
      name: world.name(resource, properties, 'Name', /^[\w.()!=+@'-]{1,80}$/),
      arn: world.arn(resource),
      tags: readTags(properties),
    };
    return { type: resource.type, logicalId: resource.logicalId, name: model.arn, model };
  });
  models.others.push(...activities);
}
