import { parseObject } from '../../aws/json-limits.ts';
import type { QueueModel } from '../../template/model.ts';
import { invalidValue } from './sqs-error.ts';

/** "redrivePermission: byQueue" names up to ten sources (SQS API reference, "SetQueueAttributes", RedriveAllowPolicy). */
const MAX_SOURCES = 10;

/** The fault of a policy that names the queues whose dead letters another one takes; undefined for one that can be. */
export function allowPolicyProblem(policy: string): string | undefined {
  const { redrivePermission: permission, sourceQueueArns: sources } = parseObject(policy) ?? {};
  if (permission !== 'allowAll' && permission !== 'denyAll' && permission !== 'byQueue')
    return "Amazon SQS can't create the redrive allow policy.";
  const isNamed = Array.isArray(sources) && sources.length > 0;
  if (permission === 'byQueue' && !isNamed)
    return "Amazon SQS can't create the redrive allow policy. When you specify redrivePermission as byQueue, sourceQueueArns is required.";
  if (permission !== 'byQueue' && sources !== undefined)
    return "Amazon SQS can't create the redrive allow policy. The sourceQueueArns parameter can be specified only when redrivePermission is set to byQueue.";
  if (isNamed && sources.length > MAX_SOURCES)
    return `Amazon SQS can't create the redrive allow policy. The number of sourceQueueArns must be at most ${MAX_SOURCES}.`;
  return undefined;
}

/** True unless a queue refuses the dead letters of another one (SQS guide, "Learn how to configure a dead-letter queue", Redrive allow policy). */
export function takesDeadLetters(
  { redriveAllowPolicy }: Pick<QueueModel, 'redriveAllowPolicy'>,
  sourceArn: string,
): boolean {
  const { redrivePermission, sourceQueueArns } = parseObject(redriveAllowPolicy ?? '{}') ?? {};
  if (redrivePermission === 'denyAll') return false;
  if (redrivePermission !== 'byQueue') return true;
  return Array.isArray(sourceQueueArns) && sourceQueueArns.includes(sourceArn);
}

/** The words are the loop's own: no record has AWS's. */
export function redriveForbidden(policy: string) {
  return invalidValue(
    policy,
    'RedrivePolicy',
    'The redrive allow policy of the dead letter target does not allow this source queue.',
  );
}
