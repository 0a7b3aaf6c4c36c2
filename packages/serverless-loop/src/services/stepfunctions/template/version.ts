import type { Reading } from '../../../template/resource-kind.ts';
import { machinesOf } from '../held-kinds.ts';
import { machineArnOf, type VersionModel } from '../machines/state-machine.ts';

/** Reads each AWS::StepFunctions::StateMachineVersion. */
export function readVersions({ world, models }: Reading): void {
  const versions = world.each('AWS::StepFunctions::StateMachineVersion', (resource) => {
    const properties = world.read(resource, ['Description', 'StateMachineArn', 'StateMachineRevisionId']);
    world.reports.emulated(resource);
    const description = properties.text('Description');
    const name = world.arn(resource);
    const machineArn = machineArnOf(properties.requiredText('StateMachineArn'));
    const saved = world.deployment
      ? undefined
      : machinesOf(models).find(({ arn }) => arn === machineArn)?.definition;
    const model: VersionModel = {
      logicalId: resource.logicalId,
      name,
      machineArn,
      number: Number(name.split(':')[7]),
      ...(description !== undefined && { description }),
      ...(saved !== undefined && { definition: saved }),
    };
    return { type: resource.type, logicalId: resource.logicalId, name, model };
  });
  models.others.push(...versions);
}
