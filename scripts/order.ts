import process from 'node:process';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { askRunningLoop, loopEndpoint } from '../local/running-loop.ts';
import { aboutText } from '../local/terminal/about.ts';
import { parseArguments, UsageError } from '../local/terminal/arguments.ts';
import { type Paint, painter, wantsColour } from '../local/terminal/colour.ts';
import { runCommand, type Terminal } from '../local/terminal/command.ts';
import { EXIT } from '../local/terminal/failure.ts';
import { printable } from '../local/terminal/printable.ts';
import { refuseMissingSettings } from './stack/sdk-settings.ts';

const HELP = `Shows the status and the history of an order.

usage: npm run order -- ID [options]

      --table NAME      the orders table; on AWS, with your own credentials and Region
      --endpoint URL    where the loop is (default: AWS_ENDPOINT_URL, else http://127.0.0.1:4580)
      --json            as JSON; with npm run -s, which keeps npm's own lines away
  -h, --help            this text
  -v, --version         the version

exit status: 0 found, 1 no such order, 2 the command line is wrong, 3 no loop answers
`;

await runCommand(main);

async function main(args: string[], { out, err }: Terminal): Promise<number> {
  const { values, positionals } = parseArguments(args, {
    table: { type: 'string' },
    endpoint: { type: 'string' },
    json: { type: 'boolean' },
    help: { type: 'boolean', short: 'h' },
    version: { type: 'boolean', short: 'v' },
  });
  const about = aboutText(values, HELP);
  if (about !== undefined) {
    out.write(about);
    return EXIT.ok;
  }
  const [orderId, ...more] = positionals;
  if (orderId === undefined) throw new UsageError('which order? Give its id: npm run order -- ID');
  if (more[0] !== undefined) throw new UsageError(`unexpected argument "${more[0]}"`);

  const { client, tableName } =
    values.table === undefined ? await onLoop(loopEndpoint(values.endpoint)) : await onAws(values.table);
  const { Item: order } = await client.send(
    new GetCommand({
      TableName: tableName,
      Key: { orderId },
      ConsistentRead: true,
      ProjectionExpression: 'orderId, #status, createdAt, processedAt, history',
      ExpressionAttributeNames: { '#status': 'status' },
    }),
  );
  if (order === undefined) {
    err.write(`No order ${printable(orderId)} in ${printable(tableName)}.\n`);
    return EXIT.failed;
  }
  if (values.json) out.json(order, 2);
  else out.write(readable(order, painter(wantsColour(out, process.env))));
  return EXIT.ok;
}

async function onLoop(endpoint: string) {
  const { outputs, region } = await askRunningLoop(endpoint);
  const tableName = outputs.OrdersTableName;
  if (tableName === undefined)
    throw new UsageError(
      `the stack at ${endpoint} has no output OrdersTableName; name the table with --table`,
    );
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  return {
    client: DynamoDBDocumentClient.from(new DynamoDBClient({ endpoint, region, credentials })),
    tableName,
  };
}

async function onAws(tableName: string) {
  await refuseMissingSettings(undefined);
  return { client: DynamoDBDocumentClient.from(new DynamoDBClient({})), tableName };
}

function readable(order: Record<string, unknown>, paint: Paint): string {
  const shown = (value: unknown) => printable(String(value));
  const history = Array.isArray(order.history) ? order.history : [];
  const steps = history.map((step: Record<string, unknown>) => `  ${shown(step.at)}  ${shown(step.status)}`);
  return `${[`Order ${paint('bold', shown(order.orderId))} is ${paint('green', shown(order.status))}`, ...steps].join('\n')}\n`;
}
