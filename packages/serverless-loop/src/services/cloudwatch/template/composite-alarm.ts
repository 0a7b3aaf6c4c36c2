import type { CompositeAlarmModel } from '../../../aws/alarm.ts';
import type { Resource } from '../../../template/resource.ts';
import type { World } from '../../../template/world.ts';
import { ALARM_ACTION_PROPERTIES, readAlarmActions, readAlarmTags } from './alarm-actions.ts';

const SUPPRESSION = ['ActionsSuppressor', 'ActionsSuppressorExtensionPeriod', 'ActionsSuppressorWaitPeriod'];
const MAX_RULE_CHARACTERS = 10_240;

/** AWS::CloudWatch::CompositeAlarm. */
export function readCompositeAlarm(resource: Resource, world: World): CompositeAlarmModel {
  const properties = world.read(resource, [
    ...ALARM_ACTION_PROPERTIES,
    ...SUPPRESSION,
    'ActionConfiguration',
    'AlarmRule',
  ]);
  const name = world.name(resource, properties, 'AlarmName', /^.{1,255}$/);
  world.reports.emulated(resource);
  world.reportLeftOut(resource, properties);
  const rule = properties.requiredText('AlarmRule');
  if (rule.length > MAX_RULE_CHARACTERS)
    properties.complain(
      'AlarmRule',
      `expected at most ${MAX_RULE_CHARACTERS} characters, found ${rule.length}`,
    );
  const description = properties.text('AlarmDescription');
  return {
    kind: 'composite',
    name,
    arn: world.arn(resource),
    ...(description !== undefined && { description }),
    ...readAlarmTags(properties),
    actions: readAlarmActions(properties),
    rule,
  };
}
