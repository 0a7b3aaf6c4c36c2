import { formatArn, type Place } from '../aws/arn.ts';
import type { JsonObject } from '../aws/operation.ts';
import { cloudWatchError } from './cloudwatch-error.ts';
import { optionalText, requiredText } from './input.ts';
import { pageOf } from './paging.ts';

export interface Dashboard {
  name: string;
  /** JSON. */
  body: string;
}

const PAGE_SIZE = 1_000;

/** GetDashboard: the body as it was put. */
export function getDashboard(dashboards: readonly Dashboard[], input: JsonObject, place: Place): JsonObject {
  const name = requiredText(input, 'DashboardName');
  const dashboard = dashboards.find((it) => it.name === name);
  if (!dashboard) throw cloudWatchError('DashboardNotFoundError', `Dashboard ${name} does not exist`);
  return { DashboardArn: arnOf(dashboard, place), DashboardBody: dashboard.body, DashboardName: name };
}

export function listDashboards(
  dashboards: readonly Dashboard[],
  input: JsonObject,
  { place, sinceMs }: { place: Place; sinceMs: number },
): JsonObject {
  const prefix = optionalText(input, 'DashboardNamePrefix') ?? '';
  const wanted = dashboards
    .filter(({ name }) => name.startsWith(prefix))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const { items, nextToken } = pageOf(wanted, PAGE_SIZE, optionalText(input, 'NextToken'));
  return {
    DashboardEntries: items.map((dashboard) => ({
      DashboardName: dashboard.name,
      DashboardArn: arnOf(dashboard, place),
      LastModified: sinceMs / 1000,
      Size: Buffer.byteLength(dashboard.body),
    })),
    ...(nextToken !== undefined && { NextToken: nextToken }),
  };
}

/** CloudWatch's dashboards are global: their ARNs have no Region. */
function arnOf({ name }: Dashboard, place: Place): string {
  return formatArn({ ...place, region: '' }, 'cloudwatch', `dashboard/${name}`);
}
