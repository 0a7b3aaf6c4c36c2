import { alarmProblems } from '../services/cloudwatch/cloudwatch.ts';
import { refuseInvalidBody } from '../services/cloudwatch/dashboard-body.ts';
import { validateRules } from '../services/eventbridge/eventbridge.ts';
import { compilePattern } from '../services/eventbridge/pattern/pattern.ts';
import { recordFilter } from '../services/lambda/event-sources/filter.ts';
import { messageFilter } from '../services/sns/message-filter.ts';
import { TemplateError } from '../template/error.ts';
import type { Stack } from '../template/model.ts';
import type { Problem } from '../template/problem.ts';

/** Throws TemplateError for what a deployment would fail on and only the services know: patterns, expressions, alarm rules, dashboards. */
export function refuseInvalid(
  templatePath: string,
  {
    rules,
    alarms,
    dashboards,
    eventSources,
    topics,
    resources,
  }: Pick<Stack, 'rules' | 'alarms' | 'dashboards' | 'eventSources' | 'topics' | 'resources'>,
): void {
  const problems = [
    ...validateRules(rules),
    ...alarms.flatMap((alarm) =>
      alarmProblems(alarm).map((message) => ({ line: alarm.line, logicalId: alarm.logicalId, message })),
    ),
    ...dashboards.flatMap(({ logicalId, body }) =>
      problemOf(logicalId, resources, () => refuseInvalidBody(body)),
    ),
    ...eventSources.flatMap(({ logicalId, filters }) =>
      problemOf(logicalId, resources, () => void recordFilter(filters, { compilePattern })),
    ),
    ...topics.flatMap(({ logicalId, subscriptions }) =>
      subscriptions.flatMap(({ filter }) =>
        problemOf(logicalId, resources, () => void messageFilter(filter, { compilePattern })),
      ),
    ),
  ];
  if (problems.length === 0) return;
  const fileOf = new Map(resources.map(({ logicalId, file }) => [logicalId, file]));
  throw new TemplateError(
    templatePath,
    problems.map((problem) => {
      const file = fileOf.get(problem.logicalId ?? '');
      return { ...problem, ...(file !== undefined && { file }) };
    }),
  );
}

/** The problem that a resource's check throws, on the resource's line. */
function problemOf(logicalId: string, resources: Stack['resources'], check: () => void): Problem[] {
  try {
    check();
    return [];
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const line = resources.find((resource) => resource.logicalId === logicalId)?.line;
    return [{ ...(line !== undefined && { line }), logicalId, message }];
  }
}
