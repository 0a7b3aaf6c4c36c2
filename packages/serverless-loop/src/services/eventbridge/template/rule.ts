import { parseArn } from '../../../aws/arn.ts';
import { busNameOf } from '../../../template/arns.ts';
import type { RuleModel, TargetModel } from '../../../template/model.ts';
import type { Properties } from '../../../template/properties.ts';
import type { Resource } from '../../../template/resource.ts';
import type { Targets } from '../../../template/targets.ts';
import type { World } from '../../../template/world.ts';
import { RULE_STATES } from '../shapes.ts';
import { needsRole } from '../target-roles.ts';
import { readTarget } from './target.ts';

const KNOWN_PROPERTIES = [
  'Description',
  'EventBusName',
  'EventPattern',
  'Name',
  'RoleArn',
  'ScheduleExpression',
  'State',
  'Tags',
  'Targets',
];
const MAX_TARGETS = 5;

/** AWS::Events::Rule, with those of its targets that something here takes, or would if they were there. */
export function readRule(resource: Resource, targets: Targets, world: World): RuleModel {
  const properties = world.read(resource, KNOWN_PROPERTIES);
  world.reports.emulated(resource);
  const name = world.scope.nameOf(resource);
  if (!/^[\w.-]{1,64}$/.test(name))
    properties.complain('Name', `expected at most 64 letters, digits and .-_, found ${JSON.stringify(name)}`);
  const pattern = properties.section('EventPattern')?.plain();
  const scheduleExpression = properties.text('ScheduleExpression');
  const description = properties.text('Description');
  const roleArn = properties.text('RoleArn');
  if (!properties.has('EventPattern') && scheduleExpression === undefined)
    properties.complain('EventPattern', 'expected EventPattern or ScheduleExpression, found neither');
  return {
    logicalId: resource.logicalId,
    name,
    arn: world.arn(resource),
    line: resource.line,
    busName: busNameOf(properties.text('EventBusName') ?? 'default'),
    enabled: properties.oneOf('State', RULE_STATES) !== 'DISABLED',
    ...(description !== undefined && { description }),
    ...(roleArn !== undefined && { roleArn }),
    ...(pattern && { pattern }),
    ...(scheduleExpression !== undefined && { scheduleExpression }),
    targets: readTargets(resource, properties, targets, world),
  };
}

function readTargets(
  resource: Resource,
  properties: Properties,
  targets: Targets,
  world: World,
): TargetModel[] {
  const sections = properties.sections('Targets');
  if (sections.length > MAX_TARGETS)
    properties.complain('Targets', `expected at most ${MAX_TARGETS} targets, found ${sections.length}`);
  const ids = new Set<string>();
  return sections.flatMap((section) => {
    const target = readTarget(section, resource, targets, world);
    if (ids.has(target.id)) section.complain('Id', `the id ${target.id} is already that of another target`);
    ids.add(target.id);
    const found = targets.find(target.arn);
    const line = section.lineOf('Arn');
    if (found.kind === 'not emulated' && found.mayCome) {
      const reason = `${target.arn} is outside this template: each event for it fails until another stack of this loop has it`;
      world.reports.part(resource, target.id, line, 'unavailable', reason);
    } else if (found.kind === 'not emulated') {
      world.reports.part(resource, target.id, line, 'not emulated', found.reason);
      return [];
    }
    if (found.kind === 'nowhere') {
      if (!target.arn.startsWith('arn:')) {
        if (target.arn !== '') section.complain('Arn', found.problem);
        return [];
      }
      const reason = `${found.problem}; as on AWS, each event for it fails`;
      world.reports.part(resource, target.id, line, 'unavailable', reason);
    }
    if (found.kind !== 'nowhere' && target.roleArn === undefined && needsRole(parseArn(target.arn)?.service))
      section.complain('RoleArn', `expected a role that may send to ${target.arn}, found nothing`);
    return [target];
  });
}
