import type { RoleSender } from '../../aws/delivery.ts';
import { PipeError } from './pipe-error.ts';
import type { PipePorts } from './ports.ts';

/** A text, and the trace header that counts the rounds of what it is made of. */
interface Told {
  text: string;
  lineage: string;
}

/** Invokes a function and waits for its answer. Rejects when it fails, too. */
export async function invoked(
  functionArn: string,
  { text, lineage }: Told,
  role: RoleSender,
  { authorizeRole, invokeFunction }: PipePorts,
): Promise<string> {
  authorizeRole(role, { action: 'lambda:InvokeFunction', resource: functionArn });
  const { payload, functionError, errorMessage } = await invokeFunction(
    functionArn,
    Buffer.from(text),
    lineage,
    role.sourceArn,
  );
  if (functionError !== undefined) throw new PipeError(errorMessage ?? functionError);
  return payload.toString();
}

/** Runs an express state machine to its end. Rejects when it fails, too. */
export async function startedSync(
  stateMachineArn: string,
  { text: input, lineage: traceHeader }: Told,
  role: RoleSender,
  { callOperation }: PipePorts,
): Promise<string> {
  const operation = { service: 'sfn', operation: 'startSyncExecution' };
  const { status, output, error } = await callOperation(
    operation,
    { stateMachineArn, input, traceHeader },
    role,
  );
  if (status !== 'SUCCEEDED') throw new PipeError(`The execution ended with ${status}: ${error ?? ''}`);
  return typeof output === 'string' ? output : '';
}
