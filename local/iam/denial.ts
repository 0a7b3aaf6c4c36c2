import { AwsError } from '../aws/errors.ts';
import type { Evaluation } from './evaluate.ts';

/** How a service words and sends what IAM refuses; the others answer 400 with the action as it is written. */
const SHAPES = new Map([
  ['sqs', { status: 403, lowerCase: true, headers: { 'x-amzn-query-error': 'AccessDenied;Sender' } }],
  ['lambda', { status: 403, lowerCase: false, headers: {} }],
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
}): AwsError {
  const { status, lowerCase, headers } = SHAPES.get(denied.service) ?? {
    status: 400,
    lowerCase: false,
    headers: {},
  };
  const action = lowerCase ? denied.action.toLowerCase() : denied.action;
  const why =
    denied.decision === 'ExplicitDeny'
      ? 'with an explicit deny in an identity-based policy'
      : `because no identity-based policy allows the ${action} action`;
  return new AwsError(
    'AccessDeniedException',
    `User: ${denied.caller} is not authorized to perform: ${action} on resource: ${denied.resource} ${why}`,
    { status, headers },
  );
}
