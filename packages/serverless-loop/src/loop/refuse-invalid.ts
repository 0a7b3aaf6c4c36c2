import { alarmProblems } from '../services/cloudwatch/cloudwatch.ts';
import { validateRules } from '../services/eventbridge/eventbridge.ts';
import { TemplateError } from '../template/error.ts';
import type { Stack } from '../template/model.ts';

/** Throws TemplateError for what a deployment would fail on and only the services know: patterns, expressions, alarm rules. */
export function refuseInvalid(
  templatePath: string,
  { rules, alarms }: Pick<Stack, 'rules' | 'alarms'>,
): void {
  const problems = [
    ...validateRules(rules),
    ...alarms.flatMap((alarm) =>
      alarmProblems(alarm).map((message) => ({ line: alarm.line, logicalId: alarm.logicalId, message })),
    ),
  ];
  if (problems.length > 0) throw new TemplateError(templatePath, problems);
}
