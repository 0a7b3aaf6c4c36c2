import { formatArn } from '../../aws/arn.ts';
import { integer, list, required, structure, text, timestamp } from '../../aws/members.ts';
import { pageOf } from '../../aws/page.ts';
import { cloudWatchError, invalidListToken } from './cloudwatch-error.ts';
import { type CloudWatchContext, operation } from './context.ts';
import { refuseInvalidBody } from './dashboard-body.ts';
import { NEXT } from './shapes.ts';

const PAGE_SIZE = 1_000;

const NAMED = { DashboardName: required(text()) } as const;

const NEW_NAME = text({
  pattern: String.raw`[\w-]{1,255}`,
  reason:
    'The value for field DashboardName contains invalid characters. It can only contain alphanumerics, dash (-) and underscore (_).\n',
});

export const DASHBOARD_OPERATIONS = {
  PutDashboard: operation({
    input: { DashboardName: required(NEW_NAME), DashboardBody: required(text()) },
    output: { DashboardValidationMessages: list(structure({ DataPath: text(), Message: text() })) },
    needs: ({ DashboardName }, context) => [dashboardArn(DashboardName, context)],
    handle({ DashboardName: name, DashboardBody: body }, { dashboards, now }) {
      refuseInvalidBody(body);
      dashboards.set(name, { name, body, modifiedAtMs: now() });
      return { DashboardValidationMessages: [] };
    },
  }),
  // All that are named, or none when one of them isn't there.
  DeleteDashboards: operation({
    input: { DashboardNames: required(list(text(), { min: 1, max: 100 })) },
    output: {},
    needs: ({ DashboardNames = [] }, context) =>
      DashboardNames.length > 0
        ? DashboardNames.map((name) => dashboardArn(name, context))
        : [dashboardArn('*', context)],
    handle({ DashboardNames }, { dashboards }) {
      const absent = DashboardNames.filter((name) => !dashboards.has(name));
      if (absent.length > 0)
        throw cloudWatchError(
          'DashboardNotFoundError',
          `The specified dashboard does not exist. [${absent.join(', ')}]`,
        );
      for (const name of DashboardNames) dashboards.delete(name);
      return {};
    },
  }),
  GetDashboard: operation({
    input: NAMED,
    output: { DashboardArn: text(), DashboardBody: text(), DashboardName: text() },
    needs: ({ DashboardName }, context) => [dashboardArn(DashboardName, context)],
    handle({ DashboardName: name }, context) {
      const dashboard = context.dashboards.get(name);
      if (!dashboard) throw cloudWatchError('DashboardNotFoundError', `Dashboard ${name} does not exist`);
      return {
        DashboardArn: dashboardArn(name, context),
        DashboardBody: dashboard.body,
        DashboardName: name,
      };
    },
  }),
  ListDashboards: operation({
    input: { DashboardNamePrefix: text(), ...NEXT },
    output: {
      DashboardEntries: list(
        structure({
          DashboardName: text(),
          DashboardArn: text(),
          LastModified: timestamp(),
          Size: integer(),
        }),
      ),
      ...NEXT,
    },
    needs: (_input, context) => [dashboardArn('*', context)],
    handle({ DashboardNamePrefix: prefix = '', NextToken }, context) {
      const wanted = [...context.dashboards.values()].filter(({ name }) => name.startsWith(prefix));
      const { items, nextToken } = pageOf(wanted, {
        list: 'ListDashboards',
        limit: PAGE_SIZE,
        token: NextToken,
        keyOf: ({ name }) => name,
        refusal: invalidListToken,
      });
      return {
        DashboardEntries: items.map(({ name, body, modifiedAtMs }) => ({
          DashboardName: name,
          DashboardArn: dashboardArn(name, context),
          LastModified: modifiedAtMs,
          Size: Buffer.byteLength(body),
        })),
        NextToken: nextToken,
      };
    },
  }),
};

/** CloudWatch's dashboards are global: their ARNs have no Region. */
function dashboardArn(name = '*', { place }: CloudWatchContext): string {
  return formatArn({ ...place, region: '' }, 'cloudwatch', `dashboard/${name}`);
}
