import { readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { InvokeCommand, type InvokeCommandOutput, LambdaClient } from '@aws-sdk/client-lambda';
import { parseExactJson } from './aws/exact-json.ts';
import { askRunningLoop, loopEndpoint } from './running-loop.ts';
import { aboutText } from './terminal/about.ts';
import { parseArguments, UsageError } from './terminal/arguments.ts';
import { EXIT, explainFailure } from './terminal/failure.ts';

const HELP = `Invokes a function of a running loop and prints its answer.

usage: npm run invoke -- FUNCTION [options]

  FUNCTION                its logical id in template.yaml, or its name
  -e, --event FILE        the event, JSON; "-" reads standard input (default: {})
      --qualifier NAME    the version or alias (default: the function's alias, if it has one)
      --async             leave it with Lambda's queue (InvocationType Event): no answer, retries, destinations
      --logs              print the end of its log to standard error
      --endpoint URL      where the loop is (default: AWS_ENDPOINT_URL, else http://127.0.0.1:4580)
  -h, --help              this text
  -v, --version           the version

exit status: 0 it answered, 1 it failed, 2 the command line or the event is wrong, 3 no loop answers
`;

process.exitCode = await main(process.argv.slice(2)).catch((error) =>
  explainFailure(error, (message) => process.stderr.write(message)),
);

async function main(args: string[]): Promise<number> {
  const { values, positionals } = parseArguments(args, {
    event: { type: 'string', short: 'e' },
    qualifier: { type: 'string' },
    async: { type: 'boolean' },
    logs: { type: 'boolean' },
    endpoint: { type: 'string' },
    help: { type: 'boolean', short: 'h' },
    version: { type: 'boolean', short: 'v' },
  });
  const about = aboutText(values, HELP);
  if (about !== undefined) {
    process.stdout.write(about);
    return EXIT.ok;
  }
  const [wanted, ...more] = positionals;
  if (wanted === undefined)
    throw new UsageError('which function? Name one, e.g. npm run invoke -- MyFunction -e event.json');
  if (more[0] !== undefined)
    throw new UsageError(`unexpected argument "${more[0]}"; the event goes behind -e`);

  const payload = await readEvent(values.event);
  const endpoint = loopEndpoint(values.endpoint);
  const { functions, region } = await askRunningLoop(endpoint);
  const found = functions.find(({ logicalId, name }) => logicalId === wanted || name === wanted);
  if (!found) {
    throw new UsageError(
      `the loop at ${endpoint} has no function "${wanted}"; it has ${functions.map(({ logicalId }) => logicalId).join(', ')}`,
    );
  }

  const client = new LambdaClient({
    endpoint,
    region,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  });
  const qualifier = values.qualifier ?? found.alias;
  const output = await client.send(
    new InvokeCommand({
      FunctionName: found.name,
      ...(qualifier === undefined ? {} : { Qualifier: qualifier }),
      Payload: payload,
      InvocationType: values.async ? 'Event' : 'RequestResponse',
      ...(values.logs && !values.async ? { LogType: 'Tail' } : {}),
    }),
  );
  return show(output);
}

function show(output: InvokeCommandOutput): number {
  if (output.LogResult) process.stderr.write(Buffer.from(output.LogResult, 'base64'));
  if (output.StatusCode === 202) {
    process.stdout.write(`accepted, request id ${output.$metadata.requestId}\n`);
    return EXIT.ok;
  }
  const answer = new TextDecoder().decode(output.Payload);
  process.stdout.write(`${pretty(answer)}\n`);
  return output.FunctionError ? EXIT.failed : EXIT.ok;
}

/** The event's text, checked to be JSON before anything is called. */
async function readEvent(file: string | undefined): Promise<string> {
  if (file === undefined) return '{}';
  const source = file === '-' ? 'standard input' : file;
  const event = file === '-' ? await text(process.stdin) : readFile(file);
  try {
    JSON.parse(event);
  } catch (error) {
    throw new UsageError(`${source} is no JSON: ${error instanceof Error ? error.message : error}`);
  }
  return event;
}

function readFile(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(`can't read the event: ${error instanceof Error ? error.message : error}`);
  }
}

function pretty(answer: string): string {
  try {
    return JSON.stringify(parseExactJson(answer), undefined, 2);
  } catch {
    return answer;
  }
}
