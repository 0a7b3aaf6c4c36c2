import { type AlarmActions, MAX_ALARM_ACTIONS } from '../../../aws/alarm.ts';
import type { Properties } from '../../../template/properties.ts';
import { readTags } from '../../../template/resource-tags.ts';

export const ALARM_ACTION_PROPERTIES = [
  'ActionsEnabled',
  'AlarmActions',
  'AlarmDescription',
  'AlarmName',
  'InsufficientDataActions',
  'OKActions',
  'Tags',
];

/** Reads what an alarm does in each state, and whether it does it. */
export function readAlarmActions(properties: Properties): AlarmActions {
  const actions = (name: string): string[] => {
    const arns = properties.texts(name);
    if (arns.length > MAX_ALARM_ACTIONS)
      properties.complain(name, `expected at most ${MAX_ALARM_ACTIONS} actions, found ${arns.length}`);
    return arns;
  };
  return {
    areEnabled: properties.boolean('ActionsEnabled') ?? true,
    on: {
      OK: actions('OKActions'),
      ALARM: actions('AlarmActions'),
      INSUFFICIENT_DATA: actions('InsufficientDataActions'),
    },
  };
}

export function readAlarmTags(properties: Properties): { tags?: Record<string, string> } {
  const tags = readTags(properties);
  return Object.keys(tags).length > 0 ? { tags } : {};
}
