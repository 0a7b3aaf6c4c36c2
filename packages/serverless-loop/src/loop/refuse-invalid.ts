import { alarmProblems } from '../services/cloudwatch/cloudwatch.ts';
import { refuseInvalidBody } from '../services/cloudwatch/dashboard-body.ts';
import { validateRules } from '../services/eventbridge/eventbridge.ts';
import { TemplateError } from '../template/error.ts';
import type { DashboardModel, Stack } from '../template/model.ts';
import type { Problem } from '../template/problem.ts';

/** Throws TemplateError for what a deployment would fail on and only the services know: patterns, expressions, alarm rules, dashboards. */
export function refuseInvalid(
  templatePath: string,
  { rules, alarms, dashboards, resources }: Pick<Stack, 'rules' | 'alarms' | 'dashboards' | 'resources'>,
): void {
  const problems = [
    ...validateRules(rules),
    ...alarms.flatMap((alarm) =>
      alarmProblems(alarm).map((message) => ({ line: alarm.line, logicalId: alarm.logicalId, message })),
    ),
    ...dashboards.flatMap((dashboard) => dashboardProblems(dashboard, resources)),
  ];
  if (problems.length > 0) throw new TemplateError(templatePath, problems);
}

function dashboardProblems({ logicalId, body }: DashboardModel, resources: Stack['resources']): Problem[] {
  try {
    refuseInvalidBody(body);
    return [];
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const line = resources.find((resource) => resource.logicalId === logicalId)?.line;
    return [{ ...(line !== undefined && { line }), logicalId, message }];
  }
}
