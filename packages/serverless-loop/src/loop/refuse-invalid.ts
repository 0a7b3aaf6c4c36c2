import { alarmProblems } from '../services/cloudwatch/cloudwatch.ts';
import { refuseInvalidBody } from '../services/cloudwatch/dashboard-body.ts';
import { validateRules } from '../services/eventbridge/eventbridge.ts';
import { compilePattern } from '../services/eventbridge/pattern/pattern.ts';
import { recordFilter } from '../services/lambda/event-sources/filter.ts';
import { TemplateError } from '../template/error.ts';
import type { DashboardModel, EventSourceModel, Stack } from '../template/model.ts';
import type { Problem } from '../template/problem.ts';

/** Throws TemplateError for what a deployment would fail on and only the services know: patterns, expressions, alarm rules, dashboards. */
export function refuseInvalid(
  templatePath: string,
  {
    rules,
    alarms,
    dashboards,
    eventSources,
    resources,
  }: Pick<Stack, 'rules' | 'alarms' | 'dashboards' | 'eventSources' | 'resources'>,
): void {
  const problems = [
    ...validateRules(rules),
    ...alarms.flatMap((alarm) =>
      alarmProblems(alarm).map((message) => ({ line: alarm.line, logicalId: alarm.logicalId, message })),
    ),
    ...dashboards.flatMap((dashboard) => dashboardProblems(dashboard, resources)),
    ...eventSources.flatMap(filterProblems),
  ];
  if (problems.length > 0) throw new TemplateError(templatePath, problems);
}

function filterProblems({ logicalId, line, filters }: EventSourceModel): Problem[] {
  try {
    recordFilter(filters, { compilePattern });
    return [];
  } catch (error) {
    return [{ line, logicalId, message: error instanceof Error ? error.message : String(error) }];
  }
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
