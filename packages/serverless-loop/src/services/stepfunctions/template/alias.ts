import type { Properties } from '../../../template/properties.ts';
import type { Reading } from '../../../template/resource-kind.ts';
import { type AliasModel, machineArnOf, type Route } from '../machines/state-machine.ts';

/** Reads each AWS::StepFunctions::StateMachineAlias. */
export function readAliases({ world, models }: Reading): void {
  const aliases = world.each('AWS::StepFunctions::StateMachineAlias', (resource) => {
    const properties = world.read(resource, [
      'DeploymentPreference',
      'Description',
      'Name',
      'RoutingConfiguration',
    ]);
    world.reports.emulated(resource);
    const description = properties.text('Description');
    const routing = readRouting(properties);
    const name = world.arn(resource);
    const model: AliasModel = {
      logicalId: resource.logicalId,
      name,
      machineArn: machineArnOf(routing[0]?.versionArn ?? ''),
      aliasName: world.scope.nameOf(resource),
      ...(description !== undefined && { description }),
      routing,
    };
    return { type: resource.type, logicalId: resource.logicalId, name, model };
  });
  models.others.push(...aliases);
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
