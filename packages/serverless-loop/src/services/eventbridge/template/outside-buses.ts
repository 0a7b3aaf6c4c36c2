import type { BusModel, RuleModel } from '../../../template/model.ts';
import type { World } from '../../../template/world.ts';

/** Buses of other stacks that rules here listen on: made empty, so that events can be put on them. */
export function outsideBuses(
  rules: readonly RuleModel[],
  declared: readonly BusModel[],
  world: World,
): BusModel[] {
  const buses = new Map<string, BusModel>();
  for (const rule of rules) {
    const { busName } = rule;
    const known =
      world.deployment !== undefined ||
      busName === 'default' ||
      declared.some(({ name }) => name === busName) ||
      buses.has(busName);
    const resource = world.index.find(rule.logicalId);
    if (known || !resource) continue;
    const part = 'EventBusName';
    world.reports.part(
      resource,
      part,
      rule.line,
      'accepted',
      `the bus ${busName} is not in this template; the loop makes an empty one`,
    );
    const arn = rule.arn.replace(/:rule\/.*$/, `:event-bus/${busName}`);
    buses.set(busName, { logicalId: `${rule.logicalId}.${part}`, name: busName, arn });
  }
  return [...buses.values()];
}
