import { parseJsonWithin, SHORT_LIMITS } from '../../../aws/json-limits.ts';
import type { DashboardModel } from '../../../template/model.ts';
import type { Resource } from '../../../template/resource.ts';
import type { World } from '../../../template/world.ts';

/** AWS::CloudWatch::Dashboard: it can be asked for; nobody draws it here. */
export function readDashboard(resource: Resource, world: World): DashboardModel {
  const properties = world.read(resource, ['DashboardBody', 'DashboardName']);
  const name = world.name(resource, properties, 'DashboardName', /^[\w-]{1,255}$/);
  const body = properties.requiredText('DashboardBody');
  try {
    parseJsonWithin(body || '{}', SHORT_LIMITS);
  } catch (error) {
    properties.complain(
      'DashboardBody',
      `expected JSON: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
  world.reports.accepted(resource, 'GetDashboard gives it; it is not drawn here');
  return { logicalId: resource.logicalId, name, body };
}
