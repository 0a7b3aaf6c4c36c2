import { type DynamoDBDocumentClient, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { type Erasure, erasureOf } from './kept-attributes.ts';

/** The deed, done or to be done, to an order. */
export interface Erased {
  /** Of the order when it was read. */
  status: string;
  /** The names of the attributes that were removed or cut; never a value. */
  attributes: string[];
}

/**
 * Removes the customer's part of an order in one write that leaves alone what the processor writes, so that both can
 * happen at once. Undefined when there is no such order. Once the write is made a repeat changes nothing.
 */
export async function eraseOrder(
  client: DynamoDBDocumentClient,
  { tableName, orderId, dryRun }: { tableName: string; orderId: string; dryRun: boolean },
): Promise<Erased | undefined> {
  const { Item: item } = await client.send(
    new GetCommand({ TableName: tableName, Key: { orderId }, ConsistentRead: true }),
  );
  if (item === undefined) return undefined;
  const erasure = erasureOf(item);
  const attributes = [...erasure.remove, ...Object.keys(erasure.set)];
  if (attributes.length > 0 && !dryRun) await client.send(updateOf(tableName, orderId, erasure));
  return { status: String(item.status), attributes };
}

function updateOf(tableName: string, orderId: string, { remove, set, add }: Erasure): UpdateCommand {
  const names: Record<string, string> = {};
  const values: Record<string, unknown> = {};
  const removals = remove.map((name, index) => {
    names[`#r${index}`] = name;
    return `#r${index}`;
  });
  const settings = Object.entries({ ...set, ...add }).map(([name, value], index) => {
    names[`#s${index}`] = name;
    values[`:s${index}`] = value;
    return `#s${index} = :s${index}`;
  });
  return new UpdateCommand({
    TableName: tableName,
    Key: { orderId },
    UpdateExpression: [
      ...(removals.length > 0 ? [`REMOVE ${removals.join(', ')}`] : []),
      ...(settings.length > 0 ? [`SET ${settings.join(', ')}`] : []),
    ].join(' '),
    // An order that was deleted meanwhile must not come back as a stump.
    ConditionExpression: 'attribute_exists(orderId)',
    ExpressionAttributeNames: names,
    ...(settings.length > 0 && { ExpressionAttributeValues: values }),
  });
}
