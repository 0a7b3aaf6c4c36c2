import { AwsError } from './errors.ts';

/** The refusal of an invocation for which a function has no concurrency left (Lambda API reference, "TooManyRequestsException"). */
export function throttledInvocation(): AwsError {
  return new AwsError('TooManyRequestsException', 'Rate Exceeded.', {
    status: 429,
    members: { Type: 'User', Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded' },
    headers: { 'Retry-After': '1' },
  });
}
