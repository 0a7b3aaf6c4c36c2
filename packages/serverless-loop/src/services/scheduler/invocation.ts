import { randomBytes } from 'node:crypto';
import { backoffMs } from '../../aws/backoff.ts';
import { deliver, type RoleSender } from '../../aws/delivery.ts';
import { AwsError } from '../../aws/errors.ts';
import { timeText } from '../../aws/time-text.ts';
import { type Clock, pauseFor } from '../../clock.ts';
import type { Report } from '../../facts.ts';
import type { Tally } from '../../tally.ts';
import { type Attempt, inputOf } from './input.ts';
import type { ScheduleModel } from './schedule.ts';
import { groupArnOf } from './schedules.ts';
import { calledArn, callTarget, type TargetPorts } from './target-call.ts';

export interface InvocationOptions extends TargetPorts {
  /** Of the retries. */
  clock: Clock;
  report: Report;
  random: () => number;
  /** Judges by a role's trust policy whether Scheduler may assume it for the schedules of a group. */
  trusts(roleArn: string, sourceArn: string): boolean;
  /** Counts what is under way and doesn't wait to be tried again. */
  working: Tally;
}

/** A limit of the retry policy that ended the retries. */
type ExhaustedCondition = 'MaximumRetryAttempts' | 'MaximumEventAgeInSeconds';

interface Failure {
  error: AwsError;
  attempt: Attempt;
  /** Absent when another try would fail alike. */
  exhausted?: ExhaustedCondition;
}

/**
 * Invokes a schedule's target by its retry policy, and has its failure told to the dead-letter queue. Resolves when the target has
 * taken it, or nobody will, or the signal is aborted. Never rejects.
 */
export async function invokeTarget(
  model: ScheduleModel,
  scheduledMs: number,
  signal: AbortSignal,
  options: InvocationOptions,
): Promise<void> {
  const { clock, report, random, working } = options;
  const { retryPolicy } = model.target;
  const { maximumRetryAttempts, maximumEventAgeSeconds } = retryPolicy;
  const startedMs = clock.elapsedMs();
  const leftMs = () => maximumEventAgeSeconds * 1_000 - (clock.elapsedMs() - startedMs);
  let rest = working.begin();
  try {
    for (let number = 1; !signal.aborted; number += 1) {
      const attempt = { number, scheduledMs, executionId: randomBytes(8).toString('hex') };
      const error = await failureOf(attemptOnce(model, attempt, options));
      if (!error) return report({ kind: 'schedule.invoked', ...factOf(model), attempt: number });
      const exhausted =
        number > maximumRetryAttempts
          ? 'MaximumRetryAttempts'
          : leftMs() <= 0
            ? 'MaximumEventAgeInSeconds'
            : undefined;
      if (!isRetryable(error)) return await giveUp(model, { error, attempt }, options);
      if (exhausted) return await giveUp(model, { error, attempt, exhausted }, options);
      const delayMs = Math.min(backoffMs(number, random), leftMs());
      report({ kind: 'schedule.retry', ...factOf(model), attempt: number, delayMs, ...wordsOf(error) });
      rest();
      await pauseFor(clock, delayMs, signal);
      rest = working.begin();
    }
  } finally {
    rest();
  }
}

async function attemptOnce(
  model: ScheduleModel,
  attempt: Attempt,
  options: InvocationOptions,
): Promise<void> {
  const { target } = model;
  const sourceArn = groupArnOf(model);
  if (!options.trusts(target.roleArn, sourceArn))
    throw new AwsError(
      'AccessDeniedException',
      `The trust policy of ${target.roleArn} doesn't let scheduler.amazonaws.com assume it for ${sourceArn}.`,
    );
  await callTarget(target, inputOf(model, attempt), roleOf(model), options);
}

/** Of whatever is no answer of a service, in Scheduler's own words (guide, "Configuring a schedule's dead-letter queue"). */
async function failureOf(tried: Promise<void>): Promise<AwsError | undefined> {
  try {
    await tried;
    return undefined;
  } catch (error) {
    if (error instanceof AwsError) return error;
    const message = `Unexpected error occurred while processing the request: ${error instanceof Error ? error.message : error}`;
    return new AwsError('AWS.Scheduler.InternalServerError', message, { status: 500 });
  }
}

function isRetryable({ code, status }: AwsError): boolean {
  return status >= 500 || status === 429 || /Throttl|TooManyRequests|LimitExceeded/.test(code);
}

async function giveUp(
  model: ScheduleModel,
  failure: Failure,
  { receiverOf, report }: InvocationOptions,
): Promise<void> {
  const { deadLetterArn: queueArn } = model.target;
  const fact = { ...factOf(model), attempts: failure.attempt.number, ...wordsOf(failure.error) };
  if (queueArn === undefined) return report({ kind: 'schedule.lost', ...fact });
  const body = inputOf(model, failure.attempt);
  const letter = { body, attributes: deadLetterAttributes(model, failure) };
  // The schedule's role must have the right to send there.
  const error = await failureOf(deliver(receiverOf, queueArn, letter, roleOf(model)));
  if (!error) return report({ kind: 'schedule.deadLettered', ...fact, queueArn });
  const errorMessage = `${fact.errorMessage} Its dead-letter queue ${queueArn} failed too: ${error.message}`;
  report({ kind: 'schedule.lost', ...fact, errorMessage, queueArn });
}

/** Message attributes of a dead letter (the same page). */
function deadLetterAttributes(model: ScheduleModel, { error, attempt, exhausted }: Failure) {
  const texts = {
    ERROR_CODE: error.code,
    ERROR_MESSAGE: error.message,
    EXECUTION_ID: attempt.executionId,
    ...(exhausted !== undefined && { EXHAUSTED_RETRY_CONDITION: exhausted }),
    IS_PAYLOAD_TRUNCATED: 'false',
    RETRY_ATTEMPTS: String(attempt.number - 1),
    SCHEDULED_TIME: timeText(attempt.scheduledMs),
    SCHEDULE_ARN: model.arn,
    TARGET_ARN: calledArn(model.target),
  };
  return Object.fromEntries(
    Object.entries(texts).map(([name, value]) => [name, { dataType: 'String', value }]),
  );
}

function roleOf({ name, arn, target }: ScheduleModel): RoleSender {
  return { name, role: { arn: target.roleArn }, sourceArn: arn };
}

function factOf({ name, groupName, target }: ScheduleModel) {
  return { scheduleName: name, groupName, targetArn: target.arn };
}

function wordsOf({ code, message }: AwsError): { errorCode: string; errorMessage: string } {
  return { errorCode: code, errorMessage: message };
}
