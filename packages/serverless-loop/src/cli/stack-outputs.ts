import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { endpointOfEnvironment, refuseMissingSettings } from './sdk-settings.ts';

/**
 * The outputs of a stack by name, from CloudFormation, with the Region and the credentials that the AWS SDK finds.
 * `endpoint` is for a loop. Throws UsageError when the SDK finds none, and CloudFormation's own error when there is no
 * such stack.
 */
export async function stackOutputs(stackName: string, endpoint?: string): Promise<Record<string, string>> {
  const at = endpoint ?? endpointOfEnvironment();
  const client = new CloudFormationClient(at ? { endpoint: at } : {});
  try {
    await refuseMissingSettings(client);
    const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: stackName }));
    const outputs = Stacks[0]?.Outputs ?? [];
    return Object.fromEntries(
      outputs.map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]),
    );
  } finally {
    client.destroy();
  }
}
