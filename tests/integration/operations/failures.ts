import { RemovePermissionCommand } from '@aws-sdk/client-lambda';
import type { OperatedStack } from './operated-stack.ts';

/** Nobody may call the processor's alias any more. */
export async function withoutPermission(stack: OperatedStack): Promise<void> {
  const FunctionName = stack.output('OrderProcessorFunctionArn');
  const policy = stack.loop.stack.functions.find(({ arn }) => FunctionName.startsWith(arn))?.resourcePolicy;
  for (const { sid: StatementId } of [...(policy ?? [])])
    await stack.lambda.send(new RemovePermissionCommand({ FunctionName, StatementId }));
}

/** The policy as it is, and that nobody sends. */
export function denied(policy: string): string {
  const document = JSON.parse(policy);
  const statement = { Effect: 'Deny', Principal: '*', Action: 'sqs:SendMessage', Resource: '*' };
  return JSON.stringify({ ...document, Statement: [...document.Statement, statement] });
}
