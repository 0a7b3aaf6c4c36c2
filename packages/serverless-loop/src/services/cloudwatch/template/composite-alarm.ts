import type { CompositeAlarmModel } from '../../../aws/alarm.ts';
import type { Resource } from '../../../template/resource.ts';
import type { World } from '../../../template/world.ts';
import { alarmActionProperties, readAlarmActions, readAlarmTags } from './alarm-actions.ts';

const suppression = ['ActionsSuppressor', 'ActionsSuppressorExtensionPeriod', 'ActionsSuppressorWaitPeriod'];
const longestRule = 10_240;

/** AWS::CloudWatch::CompositeAlarm. */
export function readCompositeAlarm(resource: Resource, world: World): CompositeAlarmModel {
  const properties = world.read(resource, [
    ...alarmActionProperties,
    ...suppression,
    'ActionConfiguration',
    'AlarmRule',
  ]);
  const name = world.name(resource, properties, 'AlarmName', /^.{1,255}$/);
  world.reports.emulated(resource);
  world.reportLeftOut(resource, properties);
  const rule = properties.requiredText('AlarmRule');
  if (rule.length > longestRule)
    properties.complain('AlarmRule', `expected at most ${longestRule} characters, found ${rule.length}`);
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
