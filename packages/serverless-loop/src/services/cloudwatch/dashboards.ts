import { formatArn, type Place } from '../../aws/arn.ts';
import type { JsonObject } from '../../aws/operation.ts';
import { cloudWatchError, invalidValue, missingParameter } from './cloudwatch-error.ts';
import { refuseInvalidBody } from './dashboard-body.ts';
import { optionalText, requiredText, textList } from './input.ts';
import { pageOf } from './paging.ts';

export interface Dashboard {
  name: string;
  /** JSON. */
  body: string;
}

/** A dashboard and when it was last put, in epoch milliseconds. */
export interface KeptDashboard extends Dashboard {
  modifiedAtMs: number;
}

export type Dashboards = Map<string, KeptDashboard>;

const PAGE_SIZE = 1_000;
const MOST_DELETED = 100;
const NAME = /^[\w-]{1,255}$/;

/** PutDashboard: keeps the body as it comes, once nothing is wrong with it. */
export function putDashboard(dashboards: Dashboards, input: JsonObject, nowMs: number): JsonObject {
  const name = requiredText(input, 'DashboardName');
  if (!NAME.test(name)) {
    throw invalidValue(
      'The value for field DashboardName contains invalid characters. It can only contain alphanumerics, dash (-) and underscore (_).\n',
    );
  }
  const body = requiredText(input, 'DashboardBody');
  refuseInvalidBody(body);
  dashboards.set(name, { name, body, modifiedAtMs: nowMs });
  return { DashboardValidationMessages: [] };
}

/** DeleteDashboards: all that are named, or none when one of them isn't there. */
export function deleteDashboards(dashboards: Dashboards, input: JsonObject): JsonObject {
  const names = textList(input, 'DashboardNames', MOST_DELETED);
  if (names.length === 0) throw missingParameter('DashboardNames');
  const absent = names.filter((name) => !dashboards.has(name));
  if (absent.length > 0) {
    throw cloudWatchError(
      'DashboardNotFoundError',
      `The specified dashboard does not exist. [${absent.join(', ')}]`,
    );
  }
  for (const name of names) dashboards.delete(name);
  return {};
}

/** GetDashboard: the body as it was put. */
export function getDashboard(dashboards: Dashboards, input: JsonObject, place: Place): JsonObject {
  const name = requiredText(input, 'DashboardName');
  const dashboard = dashboards.get(name);
  if (!dashboard) throw cloudWatchError('DashboardNotFoundError', `Dashboard ${name} does not exist`);
  return { DashboardArn: arnOf(dashboard, place), DashboardBody: dashboard.body, DashboardName: name };
}

export function listDashboards(dashboards: Dashboards, input: JsonObject, place: Place): JsonObject {
  const prefix = optionalText(input, 'DashboardNamePrefix') ?? '';
  const wanted = [...dashboards.values()]
    .filter(({ name }) => name.startsWith(prefix))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const { items, nextToken } = pageOf(wanted, PAGE_SIZE, optionalText(input, 'NextToken'));
  return {
    DashboardEntries: items.map((dashboard) => ({
      DashboardName: dashboard.name,
      DashboardArn: arnOf(dashboard, place),
      LastModified: dashboard.modifiedAtMs / 1000,
      Size: Buffer.byteLength(dashboard.body),
    })),
    ...(nextToken !== undefined && { NextToken: nextToken }),
  };
}

/** CloudWatch's dashboards are global: their ARNs have no Region. */
function arnOf({ name }: Dashboard, place: Place): string {
  return formatArn({ ...place, region: '' }, 'cloudwatch', `dashboard/${name}`);
}
