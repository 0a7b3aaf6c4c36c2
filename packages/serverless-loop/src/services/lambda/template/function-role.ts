import type { RoleModel } from '../../../template/model.ts';
import type { Properties } from '../../../template/properties.ts';
import type { Resource } from '../../../template/resource.ts';
import type { World } from '../../../template/world.ts';

/** The role that a function's `Role` names; what one outside the template allows can't be known. */
export function readFunctionRole(
  resource: Resource,
  properties: Properties,
  roles: ReadonlyMap<string, RoleModel>,
  world: World,
): RoleModel {
  const arn = properties.requiredText('Role');
  const role = roles.get(arn);
  if (role) return role;
  const declared = world.declared('AWS::IAM::Role').find((other) => world.arn(other) === arn);
  if (declared)
    world.reports.unavailable(
      resource,
      properties.lineOf('Role'),
      `its role ${declared.logicalId} is unavailable`,
    );
  const path = /^arn:[\w-]+:iam::\d*:role\/(.+)$/.exec(arn)?.[1];
  if (path === undefined) {
    if (arn !== '')
      properties.complain(
        'Role',
        `expected the ARN of a role (of one in the template: !GetAtt TheRole.Arn), found ${JSON.stringify(arn)}`,
      );
    return { name: '', arn, statements: [] };
  }
  // The rights of another stack's role are looked up when something is to be allowed.
  if (world.deployment?.runs(arn) !== 'role')
    world.reports.part(
      resource,
      'Role',
      properties.lineOf('Role'),
      'accepted',
      `what ${arn} allows is not known here: it grants nothing`,
    );
  return { name: path.slice(path.lastIndexOf('/') + 1), arn, statements: [] };
}
