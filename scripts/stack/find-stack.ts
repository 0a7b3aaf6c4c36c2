import { readFileSync } from 'node:fs';
import process from 'node:process';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  askRunningLoop,
  decodeText,
  endpointOfEnvironment,
  loopEndpoint,
  NoLoopError,
  parseEndpoint,
  parseStackName,
  refuseMissingSettings,
  stackOutputs,
  UsageError,
} from 'serverless-loop/commands';
import { type Outputs, parseOutputs } from './outputs.ts';

/** The options by which a command is told where the stack is, and their help. */
export const STACK_OPTIONS = {
  'stack-name': { type: 'string' },
  outputs: { type: 'string' },
  endpoint: { type: 'string' },
} as const;

export const STACK_OPTIONS_HELP = `      --stack-name NAME   the stack on AWS; credentials and Region are the AWS SDK's own
      --outputs FILE      the same by its outputs, as sam list stack-outputs --output json prints them, for who may not
                          ask CloudFormation (default: the JSON in STACK_OUTPUTS)
      --endpoint URL      without either: where the loop is (default: AWS_ENDPOINT_URL, else http://127.0.0.1:4580)`;

/** The stack that a command works on. */
export interface Stack {
  /** Options of every AWS SDK client. */
  client: ClientOptions;
  /** An output of the stack. Throws UsageError when it has none of that name. */
  output(name: string): string;
}

interface ClientOptions {
  endpoint?: string;
  region?: string;
  credentials?: { accessKeyId: string; secretAccessKey: string };
  requestHandler: { connectionTimeout: number; requestTimeout: number; throwOnRequestTimeout: boolean };
}

/** Values of STACK_OPTIONS. */
interface GivenStack {
  'stack-name'?: string | undefined;
  outputs?: string | undefined;
  endpoint?: string | undefined;
}

/** A person waits: longer than a function may, and not for ever. */
const requestHandler = { connectionTimeout: 3_000, requestTimeout: 15_000, throwOnRequestTimeout: true };

/** No stack was named, and no loop is there either. */
class NoStackError extends NoLoopError {
  constructor(endpoint: string, options: ErrorOptions) {
    super(endpoint, options);
    this.message += `\nOn AWS, name the stack: --stack-name NAME, or by its outputs with --outputs FILE or STACK_OUTPUTS.`;
  }
}

/**
 * The stack that the options and the environment name: on AWS by its name or its outputs, else the one in the running
 * loop. `known` are outputs that a command has from elsewhere; then nobody is asked for any.
 */
export async function findStack(given: GivenStack, known?: Outputs): Promise<Stack> {
  // Named even where the SDK would read it itself: else SQS goes to the host in the queue's URL.
  const named =
    given.endpoint === undefined ? endpointOfEnvironment() : parseEndpoint(given.endpoint, '--endpoint');
  const outputs = known ?? (await givenOutputs(given, named));
  if (outputs) {
    const client = { ...(named && { endpoint: named }), requestHandler };
    await refuseMissingSettings(new DynamoDBClient(client));
    return { client, output: outputOf(outputs) };
  }
  const endpoint = loopEndpoint(named);
  const loop = await askRunningLoop(endpoint).catch((error) => {
    if (error instanceof NoLoopError) throw new NoStackError(endpoint, { cause: error });
    throw error;
  });
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  return {
    client: { endpoint, region: loop.region, credentials, requestHandler },
    output: outputOf(loop.outputs),
  };
}

async function givenOutputs(
  { outputs: file, 'stack-name': stackName }: GivenStack,
  endpoint: string | undefined,
): Promise<Outputs | undefined> {
  if (file !== undefined && stackName !== undefined)
    throw new UsageError('--stack-name: expected it or --outputs, found both');
  if (stackName !== undefined) return stackOutputs(parseStackName(stackName), endpoint);
  if (file !== undefined) return parseOutputs(readOutputs(file), file);
  const { STACK_OUTPUTS } = process.env;
  return STACK_OUTPUTS ? parseOutputs(STACK_OUTPUTS, 'STACK_OUTPUTS') : undefined;
}

function readOutputs(file: string): string {
  try {
    return decodeText(readFileSync(file));
  } catch (error) {
    throw new UsageError(`--outputs: can't read ${file}: ${error instanceof Error ? error.message : error}`);
  }
}

function outputOf(outputs: Outputs): Stack['output'] {
  return (name) => {
    const value = Object.hasOwn(outputs, name) ? outputs[name] : undefined;
    if (value) return value;
    throw new UsageError(`the stack has no output ${name}`);
  };
}
