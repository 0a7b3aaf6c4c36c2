import type { PolicyJudge } from '../../aws/delivery.ts';
import { AwsError } from '../../aws/errors.ts';
import type { Statement } from '../../aws/statement.ts';
import type { Bus } from './bus.ts';

const PUT_EVENTS = 'events:PutEvents';

/** Stands for the role's own policies, which have let it through: only a Deny of the bus's policy is in its way then. */
const LET_THROUGH: Statement = { effect: 'Allow', principals: { AWS: ['*'] }, actions: [PUT_EVENTS] };

/** Throws AwsError when the bus's resource policy denies the role, if it is one, to put events. */
export function refuseDenied(
  bus: Pick<Bus, 'arn' | 'statements'> | undefined,
  roleArn: string | undefined,
  allows: PolicyJudge,
): void {
  if (!bus || roleArn === undefined || bus.statements.length === 0) return;
  const request = { principal: { aws: roleArn }, action: PUT_EVENTS, resource: bus.arn };
  if (allows({ ...request, statements: [...bus.statements, LET_THROUGH] })) return;
  throw new AwsError(
    'AccessDeniedException',
    `User: ${roleArn} is not authorized to perform: ${PUT_EVENTS} on resource: ${bus.arn} with an explicit deny in a resource-based policy`,
  );
}
