import type { RoleSender } from '../../aws/delivery.ts';
import { PipeError } from './pipe-error.ts';
import type { PipePorts } from './ports.ts';

/** Invokes a function and waits for its answer. Rejects when it fails, too. */
export async function invoked(
  functionArn: string,
  body: string,
  role: RoleSender,
  { authorizeRole, invokeFunction }: PipePorts,
): Promise<string> {
  authorizeRole(role, { action: 'lambda:InvokeFunction', resource: functionArn });
  const { payload, functionError, errorMessage } = await invokeFunction(
    functionArn,
    Buffer.from(body),
    role.sourceArn,
  );
  if (functionError !== undefined) throw new PipeError(errorMessage ?? functionError);
  return payload.toString();
}

/** Runs an express state machine to its end. Rejects when it fails, too. */
export async function startedSync(
  stateMachineArn: string,
  input: string,
  role: RoleSender,
  { callOperation }: PipePorts,
): Promise<string> {
  const operation = { service: 'sfn', operation: 'startSyncExecution' };
  const { status, output, error } = await callOperation(operation, { stateMachineArn, input }, role);
  if (status !== 'SUCCEEDED') throw new PipeError(`The execution ended with ${status}: ${error ?? ''}`);
  return typeof output === 'string' ? output : '';
}
