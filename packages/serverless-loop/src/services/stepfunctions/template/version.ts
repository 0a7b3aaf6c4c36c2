import { readOwn } from '../../../template/read-own.ts';
import type { Reading } from '../../../template/resource-kind.ts';
import { machinesOf } from '../held-kinds.ts';
import { machineArnOf, type VersionModel } from '../machines/state-machine.ts';

/** Reads each AWS::StepFunctions::StateMachineVersion. */
export function readVersions(reading: Reading): void {
  readOwn(reading, 'AWS::StepFunctions::StateMachineVersion', (resource, world): VersionModel => {
    const properties = world.read(resource, ['Description', 'StateMachineArn', 'StateMachineRevisionId']);
    world.reports.emulated(resource);
    const description = properties.text('Description');
    const name = world.arn(resource);
    const machineArn = machineArnOf(properties.requiredText('StateMachineArn'));
    const saved = world.deployment
      ? undefined
      : machinesOf(reading.models).find(({ arn }) => arn === machineArn)?.definition;
    return {
      logicalId: resource.logicalId,
      name,
      machineArn,
      number: Number(name.split(':')[7]),
      ...(description !== undefined && { description }),
      ...(saved !== undefined && { definition: saved }),
    };
  });
}
