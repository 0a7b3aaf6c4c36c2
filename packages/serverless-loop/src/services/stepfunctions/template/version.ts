import type { Reading } from '../../../template/resource-kind.ts';
import { machineArnOf, type VersionModel } from '../machines/state-machine.ts';

/** Reads each AWS::StepFunctions::StateMachineVersion. */
export function readVersions({ world, models }: Reading): void {
  const versions = world.each('AWS::StepFunctions::StateMachineVersion', (resource) => {
    const properties = world.read(resource, ['Description', 'StateMachineArn', 'StateMachineRevisionId']);
    world.reports.emulated(resource);
    const description = properties.text('Description');
    const name = world.arn(resource);
    const model: VersionModel = {
      logicalId: resource.logicalId,
      name,
      machineArn: machineArnOf(properties.requiredText('StateMachineArn')),
      number: Number(name.split(':')[7]),
      ...(description !== undefined && { description }),
    };
    return { type: resource.type, logicalId: resource.logicalId, name, model };
  });
  models.others.push(...versions);
}
