import { GetPolicyCommand, RemovePermissionCommand } from '@aws-sdk/client-lambda';
import type { OperatedStack } from './operated-stack.ts';

/** Nobody may call the processor's alias any more. */
export async function withoutPermission(stack: OperatedStack): Promise<void> {
  const FunctionName = stack.output('OrderProcessorFunctionArn');
  // As it is now: a repair may have given the permission under another name than the template.
  const { Policy = '' } = await stack.lambda.send(new GetPolicyCommand({ FunctionName }));
  for (const { Sid: StatementId } of JSON.parse(Policy).Statement)
    await stack.lambda.send(new RemovePermissionCommand({ FunctionName, StatementId }));
}

/** The policy as it is, and that nobody sends. */
export function denied(policy: string): string {
  const document = JSON.parse(policy);
  const statement = { Effect: 'Deny', Principal: '*', Action: 'sqs:SendMessage', Resource: '*' };
  return JSON.stringify({ ...document, Statement: [...document.Statement, statement] });
}
