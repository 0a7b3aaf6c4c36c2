import { readFileSync } from 'node:fs';
import process from 'node:process';
import { askRunningLoop, loopEndpoint, NoLoopError } from '../../local/running-loop.ts';
import { UsageError } from '../../local/terminal/arguments.ts';
import { decodeText } from '../../local/text-file.ts';
import { type Outputs, parseOutputs } from './outputs.ts';
import { refuseMissingSettings } from './sdk-settings.ts';

/** The options by which a command is told where the stack is, and their help. */
export const STACK_OPTIONS = {
  outputs: { type: 'string' },
  endpoint: { type: 'string' },
} as const;

export const STACK_OPTIONS_HELP = `      --outputs FILE      the stack on AWS: its outputs, as sam list stack-outputs --output json prints them
                          (default: the JSON in STACK_OUTPUTS); credentials and Region are the AWS SDK's own
      --endpoint URL      without outputs: where the loop is (default: AWS_ENDPOINT_URL, else http://127.0.0.1:4580)`;

/** Where a command works. */
export interface Stack {
  /** What every AWS SDK client is made with. */
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

/** A person waits: longer than a function may, and not for ever. */
const requestHandler = { connectionTimeout: 3_000, requestTimeout: 15_000, throwOnRequestTimeout: true };

/** No stack was named, and no loop is there either. */
class NoStackError extends NoLoopError {
  constructor(endpoint: string, options: ErrorOptions) {
    super(endpoint, options);
    this.message += `\nOn AWS, name the stack by its outputs: --outputs FILE or STACK_OUTPUTS.`;
  }
}

/** The stack that the options and the environment name: on AWS by its outputs, else the one in the running loop. */
export async function findStack(given: {
  outputs?: string | undefined;
  endpoint?: string | undefined;
}): Promise<Stack> {
  const outputs = givenOutputs(given.outputs);
  if (outputs) {
    // Named even where the SDK would read it itself: else SQS goes to the host in the queue's URL.
    const endpoint = await refuseMissingSettings(given.endpoint);
    return { client: { ...(endpoint && { endpoint }), requestHandler }, output: outputOf(outputs) };
  }
  const endpoint = loopEndpoint(given.endpoint);
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

function givenOutputs(file: string | undefined): Outputs | undefined {
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
