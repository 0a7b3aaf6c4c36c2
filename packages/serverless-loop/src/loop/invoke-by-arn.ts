import { randomUUID } from 'node:crypto';
import { parseArn, qualifierOfArn } from '../aws/arn.ts';
import { AwsError } from '../aws/errors.ts';
import type { InvokeRequest, InvokeResult } from '../services/lambda/environments/invocation.ts';

/** Invokes the function of an ARN, or its version or alias, and waits for its answer. Rejects with the AwsError of Lambda. */
export async function invokeByArn(
  functionArn: string,
  {
    payload,
    traceHeader,
    sourceArn,
  }: { payload: Buffer; traceHeader?: string; sourceArn?: string | undefined },
  invoke: (request: InvokeRequest) => Promise<InvokeResult>,
): Promise<InvokeResult> {
  const [, functionName] = /^function:([^:]+)/.exec(parseArn(functionArn)?.resource ?? '') ?? [];
  if (functionName === undefined)
    throw new AwsError('ResourceNotFoundException', `Function not found: ${functionArn}`, { status: 404 });
  const qualifier = qualifierOfArn(functionArn);
  return invoke({
    functionName,
    ...(qualifier !== undefined && { qualifier }),
    payload,
    ...(traceHeader !== undefined && { traceHeader }),
    requestId: randomUUID(),
    attempt: 1,
    ...(sourceArn !== undefined && { sourceArn }),
  });
}
