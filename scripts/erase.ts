import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import {
  EXIT,
  openCommand,
  printable,
  runCommand,
  type Terminal,
  UsageError,
} from 'serverless-loop/commands';
import { type Erased, eraseOrder } from './erase/erase-order.ts';
import { findStack, STACK_OPTIONS, STACK_OPTIONS_HELP } from './stack/find-stack.ts';

const HELP = `Removes the customer's data of one order for good, and keeps its history.

usage: npm run erase -- ID [options]

      --dry-run           show what would be removed, and change nothing
${STACK_OPTIONS_HELP}
  -h, --help              this text
  -v, --version           the version

Kept are id, status, times, history, delivery method, and the snacks with their quantities. A repeat of the order is
still answered and another order under its key refused: for that a hash stays, which can't be checked without the key.
One that is NEW can still be moved to PROCESSED, but nobody can tell any more where it goes.
Not reached: the table's point-in-time backups, which end after 35 days, and the creator's failure queue, which may
hold the order for 14 days when the creator failed at it.

exit status: 0 nothing of the customer's is left, or would be, 1 no such order, 2 the command line is wrong, 3 no loop answers
`;

await runCommand(main);

async function main(args: string[], { out, err }: Terminal): Promise<number> {
  const line = openCommand(
    args,
    {
      ...STACK_OPTIONS,
      'dry-run': { type: 'boolean' },
    },
    { help: HELP, takes: 1 },
    { out },
  );
  if (!line) return EXIT.ok;
  const { values, positionals } = line;
  const [orderId] = positionals;
  if (!orderId) throw new UsageError('which order? Give its id: npm run erase -- ID');

  const stack = await findStack(values);
  const tableName = stack.output('OrdersTableName');
  const dryRun = values['dry-run'] ?? false;
  const client = DynamoDBDocumentClient.from(new DynamoDBClient(stack.client));
  const erased = await eraseOrder(client, { tableName, orderId, dryRun });
  if (erased === undefined) {
    err.write(`No order ${printable(orderId)} in ${printable(tableName)}.\n`);
    return EXIT.failed;
  }
  out.write(outcomeText(orderId, erased, dryRun));
  return EXIT.ok;
}

function outcomeText(orderId: string, { status, attributes }: Erased, dryRun: boolean): string {
  const of = `order ${printable(orderId)}, which is ${printable(status)}`;
  if (attributes.length === 0) return `Nothing of the customer's is left in ${of}.\n`;
  const names = attributes.map((name) => printable(name)).join(', ');
  return dryRun ? `Would erase ${names} of ${of}.\n` : `Erased ${names} of ${of}.\n`;
}
