import { readFileSync } from 'node:fs';
import { buffer } from 'node:stream/consumers';
import { InvokeCommand, type InvokeCommandOutput, LambdaClient } from '@aws-sdk/client-lambda';
import { parseExactJson } from '../aws/exact-json.ts';
import { printableLines } from '../printable.ts';
import { decodeText } from '../text-file.ts';
import { UsageError } from '../usage-error.ts';
import { askRunningLoop, loopEndpoint } from './running-loop.ts';
import type { Terminal } from './terminal/command.ts';
import { EXIT } from './terminal/failure.ts';
import { openCommand } from './terminal/open-command.ts';

const HELP = `Invokes a function of a running loop and prints its answer.

usage: serverless-loop invoke FUNCTION [options]

  FUNCTION                its logical id in template.yaml, or its name; of a nested stack's the ids that lead to it, Shop/Worker
  -e, --event FILE        the event, JSON; "-" reads standard input (default: {})
      --qualifier NAME    the version or alias (default: the function's alias, if it has one)
      --async             leave it with Lambda's queue (InvocationType Event): no answer, retries, destinations
      --logs              print the end of its log to standard error
      --endpoint URL      where the loop is (default: AWS_ENDPOINT_URL, else http://127.0.0.1:4580)
  -h, --help              this text
  -v, --version           the version

exit status: 0 it answered, 1 it failed, 2 the command line or the event is wrong, 3 no loop answers
`;

export async function invoke(args: string[], terminal: Terminal): Promise<number> {
  const line = openCommand(
    args,
    {
      event: { type: 'string', short: 'e' },
      qualifier: { type: 'string' },
      async: { type: 'boolean' },
      logs: { type: 'boolean' },
      endpoint: { type: 'string' },
    },
    { help: HELP, takes: 1, hint: '; the event goes behind -e' },
    terminal,
  );
  if (!line) return EXIT.ok;
  const { values, positionals } = line;
  const [wanted] = positionals;
  if (wanted === undefined)
    throw new UsageError('which function? Name one, e.g. serverless-loop invoke MyFunction -e event.json');

  const payload = await readEvent(values.event);
  const endpoint = loopEndpoint(values.endpoint);
  const { functions, region } = await askRunningLoop(endpoint);
  const found = functions.find(({ logicalId, name }) => logicalId === wanted || name === wanted);
  if (!found) {
    const others = functions.map(({ logicalId }) => logicalId).join(', ');
    throw new UsageError(
      `the loop at ${endpoint} has no function "${wanted}"; it has ${others || 'none: what it printed at its start says why'}`,
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
  return show(output, terminal);
}

function show(output: InvokeCommandOutput, { out, err }: Terminal): number {
  if (output.LogResult) err.write(printableLines(Buffer.from(output.LogResult, 'base64').toString()));
  if (output.StatusCode === 202) {
    out.write(`accepted, request id ${output.$metadata.requestId}\n`);
    return EXIT.ok;
  }
  // A function that streams may end without a byte.
  const text = new TextDecoder().decode(output.Payload ?? new Uint8Array());
  const answer = parsed(text);
  if (answer === undefined) out.data(`${text}\n`);
  else out.json(answer, 2);
  return output.FunctionError ? EXIT.failed : EXIT.ok;
}

/** The event's text, checked to be JSON before anything is called. */
async function readEvent(file: string | undefined): Promise<string> {
  if (file === undefined) return '{}';
  const source = file === '-' ? 'standard input' : file;
  const bytes = file === '-' ? await buffer(process.stdin) : readFile(file);
  if (bytes.length === 0) throw new UsageError(`${source} is empty: expected an event, JSON`);
  try {
    const event = decodeText(bytes);
    JSON.parse(event);
    return event;
  } catch (error) {
    throw new UsageError(`${source} is no JSON: ${error instanceof Error ? error.message : error}`);
  }
}

function readFile(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new UsageError(`can't read the event: ${error instanceof Error ? error.message : error}`);
  }
}

/** The value of JSON; undefined for any other text. */
function parsed(text: string): unknown {
  try {
    return parseExactJson(text);
  } catch {
    return undefined;
  }
}
