import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';

export interface AwsUntilUpload {
  endpoint: string;
  /** The calls so far: the action, or the method and path. */
  calls: string[];
  stop(): Promise<void>;
}

/** As much of AWS as `sam deploy` asks before it uploads: SAM's own bucket is there, the caller has an account, no more. */
export async function startAwsUntilUpload(): Promise<AwsUntilUpload> {
  const calls: string[] = [];
  const server = createServer(async (request, response) => {
    const parameters = new URLSearchParams(await bodyOf(request));
    const action = parameters.get('Action') ?? `${request.method} ${request.url}`;
    calls.push(action);
    const stackName = parameters.get('StackName');
    const result = resultOf(action, stackName);
    response.writeHead(result === undefined ? 400 : 200, { 'content-type': 'text/xml' });
    response.end(
      result === undefined
        ? `<ErrorResponse><Error><Code>ValidationError</Code><Message>Stack with id ${stackName} does not exist</Message></Error></ErrorResponse>`
        : `<${action}Response><${action}Result>${result}</${action}Result></${action}Response>`,
    );
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    endpoint: `http://127.0.0.1:${Object(server.address()).port}`,
    calls,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const body = await text(request);
  return request.headers['content-type']?.startsWith('application/x-www-form-urlencoded') ? body : '';
}

function resultOf(action: string, stackName: string | null): string | undefined {
  if (action === 'GetCallerIdentity') {
    return '<Account>123456789012</Account><Arn>arn:aws:iam::123456789012:root</Arn><UserId>123456789012</UserId>';
  }
  if (action === 'DescribeStacks' && stackName === 'aws-sam-cli-managed-default') {
    return `<Stacks><member>
      <StackName>${stackName}</StackName><CreationTime>2026-01-01T00:00:00.000Z</CreationTime>
      <StackStatus>CREATE_COMPLETE</StackStatus>
      <Outputs><member><OutputKey>SourceBucket</OutputKey><OutputValue>bucket-of-sam</OutputValue></member></Outputs>
      <Tags><member><Key>ManagedStackSource</Key><Value>AwsSamCli</Value></member></Tags>
    </member></Stacks>`;
  }
  return undefined;
}
