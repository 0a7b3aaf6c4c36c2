import type { Properties } from './properties.ts';
import type { Resource } from './resource.ts';
import type { World } from './world.ts';

/** The `RoleArn` in which a resource acts; one that is neither of the template nor of another stack is told as granting nothing. */
export function readRoleArn(properties: Properties, resource: Resource, world: World): string {
  const arn = properties.requiredText('RoleArn');
  if (arn === '') return arn;
  if (!/^arn:[\w-]+:iam::\d{12}:role\/.+$/.test(arn)) {
    properties.complain('RoleArn', `expected the ARN of a role, found ${arn}`);
    return arn;
  }
  const isHere = world.declared('AWS::IAM::Role').some((role) => world.arn(role) === arn);
  if (!isHere && world.deployment?.runs(arn) !== 'role')
    world.reports.part(
      resource,
      'RoleArn',
      properties.lineOf('RoleArn'),
      'accepted',
      `what ${arn} allows is not known here: it grants nothing`,
    );
  return arn;
}
