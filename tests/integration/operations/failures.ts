import { GetPolicyCommand, RemovePermissionCommand } from '@aws-sdk/client-lambda';
import type { OperatedStack } from './operated-stack.ts';

/** Nobody may call the processor's alias any more. */
export async function withoutPermission(stack: OperatedStack): Promise<void> {
  const FunctionName = stack.output('OrderProcessorFunctionArn');
  const { Policy = '{}' } = await stack.lambda.send(new GetPolicyCommand({ FunctionName }));
  const { Statement: statements = [] }: { Statement?: { Sid: string }[] } = JSON.parse(Policy);
  for (const { Sid: StatementId } of statements)
    await stack.lambda.send(new RemovePermissionCommand({ FunctionName, StatementId }));
}

/** The policy as it is, and that nobody sends. */
export function denied(policy: string): string {
  const document = JSON.parse(policy);
  const statement = { Effect: 'Deny', Principal: '*', Action: 'sqs:SendMessage', Resource: '*' };
  return JSON.stringify({ ...document, Statement: [...document.Statement, statement] });
}
