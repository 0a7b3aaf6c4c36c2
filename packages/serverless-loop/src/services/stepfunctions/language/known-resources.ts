import type { ValueCheck } from './value-checks.ts';

/** Actions of the services that have integrations of their own here (Step Functions guide, "Integrating optimized services"). */
const ACTIONS: Readonly<Record<string, readonly string[]>> = {
  dynamodb: ['getItem', 'putItem', 'updateItem', 'deleteItem'],
  events: ['putEvents'],
  http: ['invoke'],
  lambda: ['invoke'],
  sns: ['publish'],
  sqs: ['sendMessage'],
  states: ['startExecution'],
};

/** Refuses an action that a service hasn't got (LocalStack's record "test_invalid_integration" of AWS, v2/services/test_dynamodb_task_service.snapshot.json). */
export const resource: ValueCheck = (value) => {
  if (typeof value !== 'string') return 'Expected value of type String';
  const [, service = '', action = ''] = /^arn:[^:]+:states:::([\w-]+):(\w+)/.exec(value) ?? [];
  const actions = Object.hasOwn(ACTIONS, service) ? ACTIONS[service] : undefined;
  if (!actions || actions.includes(action)) return undefined;
  return `The resource provided ${value} is not recognized. The value is not a valid resource ARN, or the resource is not available in this region.`;
};
