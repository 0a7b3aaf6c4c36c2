import { AwsError } from '../../aws/errors.ts';
import type { Evaluation } from './evaluate.ts';

interface Shape {
  status: number;
  code?: string;
  lowerCase?: boolean;
  headers?: Record<string, string>;
}

/** A service's own words and status for what IAM refuses; the others answer 400 with the action as it is written. */
const SHAPES = new Map<string, Shape>([
  ['sqs', { status: 403, lowerCase: true, headers: { 'x-amzn-query-error': 'AccessDenied;Sender' } }],
  ['lambda', { status: 403 }],
  // These know the error by a code of their own (the "Common Error Types" of each).
  ...['cloudformation', 'iam', 's3', 'sns', 'sts'].map((service): [string, Shape] => [
    service,
    { status: 403, code: 'AccessDenied' },
  ]),
]);

/** The error of a call that the caller's role doesn't allow (IAM guide, "Troubleshoot access denied error messages"). */
export function denial(denied: {
  /** IAM's prefix of the service that answers, e.g. `sqs`. */
  service: string;
  /** `arn:aws:sts::<account>:assumed-role/<role>/<session>`. */
  caller: string;
  action: string;
  resource: string;
  decision: Exclude<Evaluation['decision'], 'Allow'>;
  /** True where the resource's policy, and none of the caller's, denies it. */
  isResources?: boolean;
}): AwsError {
  const { status, code, lowerCase, headers } = SHAPES.get(denied.service) ?? { status: 400 };
  const action = lowerCase ? denied.action.toLowerCase() : denied.action;
  const why =
    denied.decision === 'ExplicitDeny'
      ? `with an explicit deny in ${denied.isResources ? 'a resource' : 'an identity'}-based policy`
      : `because no identity-based policy allows the ${action} action`;
  return new AwsError(
    code ?? 'AccessDeniedException',
    `User: ${denied.caller} is not authorized to perform: ${action} on resource: ${denied.resource} ${why}`,
    { status, ...(headers && { headers }) },
  );
}
