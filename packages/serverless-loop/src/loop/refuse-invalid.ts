import { alarmProblems } from '../services/cloudwatch/cloudwatch.ts';
import { refuseInvalidBody } from '../services/cloudwatch/dashboard-body.ts';
import { validateRules } from '../services/eventbridge/eventbridge.ts';
import { compilePattern } from '../services/eventbridge/pattern/pattern.ts';
import { evaluate } from '../services/iam/evaluate.ts';
import { recordFilter } from '../services/lambda/event-sources/filter.ts';
import { metricFiltersOf } from '../services/logs/metric-filters/metric-filter.ts';
import { subscriptionsOf } from '../services/logs/subscriptions/subscription-filter.ts';
import { schedulesOf } from '../services/scheduler/held-kinds.ts';
import { refuseInvalidSchedule } from '../services/scheduler/validate.ts';
import { messageFilter } from '../services/sns/message-filter.ts';
import { machinesOf } from '../services/stepfunctions/held-kinds.ts';
import type { StateMachineModel } from '../services/stepfunctions/machines/state-machine.ts';
import { TemplateError } from '../template/error.ts';
import type { Stack } from '../template/model.ts';
import type { Problem } from '../template/problem.ts';

/** Rejects with TemplateError for what a deployment would fail on and only the services know: patterns, expressions, alarm rules, dashboards, schedules, definitions of state machines, patterns of log filters. */
export async function refuseInvalid(
  templatePath: string,
  {
    rules,
    alarms,
    dashboards,
    eventSources,
    topics,
    roles,
    others,
    resources,
  }: Pick<
    Stack,
    'rules' | 'alarms' | 'dashboards' | 'eventSources' | 'topics' | 'roles' | 'others' | 'resources'
  >,
): Promise<void> {
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
    ...schedulesOf({ others }).flatMap((schedule) =>
      problemOf(schedule.logicalId, resources, () =>
        // When the template was deployed, its dates may have been to come.
        refuseInvalidSchedule(schedule, { now: () => 0, trusts: trustOf(roles) }),
      ),
    ),
    ...(await machineProblems(machinesOf({ others }), resources)),
    ...(await filterProblems({ others, resources })),
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

/** The states language is loaded for a template that has a state machine. */
async function machineProblems(
  machines: readonly StateMachineModel[],
  resources: Stack['resources'],
): Promise<Problem[]> {
  if (machines.length === 0) return [];
  const { refuseDefinition } = await import('../services/stepfunctions/machines/refuse-machine.ts');
  return machines.flatMap((machine) =>
    problemOf(machine.logicalId, resources, () => refuseDefinition(machine)),
  );
}

/** The syntax of filter patterns is loaded for a template that has one. */
async function filterProblems({
  others,
  resources,
}: Pick<Stack, 'others' | 'resources'>): Promise<Problem[]> {
  const [subscriptions, metricFilters] = [subscriptionsOf({ others }), metricFiltersOf({ others })];
  if (subscriptions.length + metricFilters.length === 0) return [];
  const [{ patternTest }, { refuseMetricFilter }] = await Promise.all([
    import('../services/logs/pattern-test.ts'),
    import('../services/logs/metric-filters/refuse-metric-filter.ts'),
  ]);
  return [
    ...subscriptions.flatMap(({ logicalId, pattern }) =>
      problemOf(logicalId, resources, () => void patternTest(pattern)),
    ),
    ...metricFilters.flatMap((filter) =>
      problemOf(filter.logicalId, resources, () => refuseMetricFilter(filter)),
    ),
  ];
}

/** Judges by the trust policies of the template's roles; those of others are not known. */
function trustOf(roles: Stack['roles']) {
  return (roleArn: string, sourceArn: string): boolean => {
    const trust = roles.find(({ arn }) => arn === roleArn)?.declared?.trust;
    const context = { 'aws:SourceArn': sourceArn, 'aws:SourceAccount': sourceArn.split(':')[4] ?? '' };
    const principal = { service: 'scheduler.amazonaws.com' };
    const request = { action: 'sts:AssumeRole', resource: roleArn, principal, context };
    return !trust || evaluate(trust, request).decision === 'Allow';
  };
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
