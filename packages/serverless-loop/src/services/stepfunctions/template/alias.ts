import type { Properties } from '../../../template/properties.ts';
import { readOwn } from '../../../template/read-own.ts';
import type { Reading } from '../../../template/resource-kind.ts';
import { type AliasModel, machineArnOf, type Route } from '../machines/state-machine.ts';

/** Reads each AWS::StepFunctions::StateMachineAlias. */
export function readAliases(reading: Reading): void {
  readOwn(reading, 'AWS::StepFunctions::StateMachineAlias', (resource, world): AliasModel => {
    const properties = world.read(resource, [
      'DeploymentPreference',
      'Description',
      'Name',
      'RoutingConfiguration',
    ]);
    world.reports.emulated(resource);
    const description = properties.text('Description');
    const routing = readRouting(properties);
    return {
      logicalId: resource.logicalId,
      name: world.arn(resource),
      machineArn: machineArnOf(routing[0]?.versionArn ?? ''),
      aliasName: world.scope.nameOf(resource),
      ...(description !== undefined && { description }),
      routing,
    };
  });
}

/** A deployment preference moves all to its version, bit by bit; here it is there at once. */
function readRouting(properties: Properties): Route[] {
  const preference = properties.section('DeploymentPreference');
  if (preference) return [{ versionArn: preference.requiredText('StateMachineVersionArn'), weight: 100 }];
  return properties.sections('RoutingConfiguration').map((route) => ({
    versionArn: route.requiredText('StateMachineVersionArn'),
    weight: route.integer('Weight', 0, 100) ?? 0,
  }));
}
