import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import {
  CreateFunctionCommand,
  type CreateFunctionCommandInput,
  InvokeCommand,
  LambdaClient,
} from '@aws-sdk/client-lambda';
import { clientOptions, runLoop } from '../../loop-in-process.ts';
import { zipOf } from '../../zip.ts';

const TRUST = JSON.stringify({
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
});

export const codeZip = (code: string) => zipOf([{ name: 'index.js', contents: code }]);
/** A handler that answers with this expression. */
export const answering = (expression: string) => codeZip(`exports.handler = async (event) => ${expression};`);

/** A loop without a template, whose functions calls make, with a role that Lambda takes on. */
export async function emptyLoop() {
  const running = await runLoop('', { isEmpty: true });
  const lambda = new LambdaClient(clientOptions(running.loop));
  const iam = new IAMClient(clientOptions(running.loop));
  const role = await iam.send(new CreateRoleCommand({ RoleName: 'runner', AssumeRolePolicyDocument: TRUST }));
  const Role = role.Role?.Arn ?? '';

  async function make(FunctionName: string, more: Partial<CreateFunctionCommandInput> = {}) {
    return await lambda.send(
      new CreateFunctionCommand({
        FunctionName,
        Role,
        Runtime: 'nodejs24.x',
        Handler: 'index.handler',
        Code: { ZipFile: answering("'made'") },
        ...more,
      }),
    );
  }

  async function ask(
    FunctionName: string,
    Qualifier?: string,
  ): Promise<{ answer: unknown; version: string | undefined }> {
    const { Payload, ExecutedVersion } = await lambda.send(new InvokeCommand({ FunctionName, Qualifier }));
    return { answer: JSON.parse(new TextDecoder().decode(Payload)), version: ExecutedVersion };
  }

  return { ...running, lambda, iam, Role, make, ask };
}
