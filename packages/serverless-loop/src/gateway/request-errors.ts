import { AwsError } from '../aws/errors.ts';
import { InterruptedCall } from '../aws/interrupted-call.ts';
import { complain } from '../complaint.ts';
import { MAX_BODY_BYTES } from './body.ts';
import type { Received } from './received.ts';

export function tooLarge(): AwsError {
  return new AwsError('RequestTooLargeException', `A request has at most ${MAX_BODY_BYTES} bytes.`, {
    status: 413,
  });
}

export function malformed(reason: string): AwsError {
  return new AwsError('SerializationException', `The body is not a JSON object: ${reason}`);
}

/** DynamoDB's answer to what is no JSON object has no message (scylladb's Alternator, test/alternator/test_manual_requests.py). */
export function wordless(): AwsError {
  return new AwsError('SerializationException', '');
}

/** AWS names no cause here; the loop says what it was asked, so that nobody has to guess. */
export function notEmulated(
  service: string,
  operation: string,
  code = 'UnknownOperationException',
): AwsError {
  return new AwsError(code, `The loop doesn't emulate ${operation} of ${service}.`);
}

export function unsigned(status: number, code = 'MissingAuthenticationTokenException'): AwsError {
  return new AwsError(
    code,
    'Missing Authentication Token. The loop needs a signed request, though any dummy credentials will do; started with --unsigned it takes one without.',
    { status },
  );
}

/** A request that was signed for another service than the one it calls. */
export function wrongService(signingName: string, status: number): AwsError {
  return new AwsError(
    'InvalidSignatureException',
    `Credential should be scoped to correct service: '${signingName}'.`,
    { status },
  );
}

/** The error to answer with. One that isn't the caller's doing is told to the loop's terminal, and hidden from the caller. */
export function faultOf(
  thrown: unknown,
  { signal, method, path }: Pick<Received, 'signal' | 'method' | 'path'>,
  internalCode: string,
): AwsError {
  if (thrown instanceof AwsError) return thrown;
  // For the dispatcher, which has the connection.
  if (thrown instanceof InterruptedCall) throw thrown;
  // Whatever breaks once the client has gone breaks because it has gone.
  if (!signal.aborted) complain(`The loop failed to answer ${method} ${path}`, thrown);
  return new AwsError(internalCode, "The loop itself failed; the cause is in its terminal's output.", {
    status: 500,
  });
}
