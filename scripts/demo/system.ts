import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { isObject, type Loop } from 'serverless-loop/commands';

/** The system answered in a way that ends the demo. */
export class DemoError extends Error {
  override readonly name = 'DemoError';
}

/** Calls the order creator as its callers do, and gives its answer. Throws DemoError. */
export async function place(loop: Loop, order: string): Promise<Record<string, unknown>> {
  const client = new LambdaClient(clientOptions(loop));
  const output = await client.send(
    new InvokeCommand({ FunctionName: outputOf(loop, 'OrderCreatorFunctionName'), Payload: order }),
  );
  client.destroy();
  const text = new TextDecoder().decode(output.Payload);
  if (output.FunctionError) throw new DemoError(`the order creator failed: ${text}`);
  const answer: unknown = JSON.parse(text);
  if (!isObject(answer)) throw new DemoError(`the order creator answered ${text}`);
  return answer;
}

/** The order as the table has it. Throws DemoError. */
export async function readItem(loop: Loop, orderId: string): Promise<Record<string, unknown>> {
  const client = DynamoDBDocumentClient.from(new DynamoDBClient(clientOptions(loop)));
  const { Item } = await client.send(
    new GetCommand({ TableName: outputOf(loop, 'OrdersTableName'), Key: { orderId }, ConsistentRead: true }),
  );
  client.destroy();
  if (Item === undefined) throw new DemoError(`the orders table has no order ${orderId}`);
  return Item;
}

function clientOptions(loop: Loop) {
  return {
    endpoint: loop.endpoint,
    region: loop.stack.place.region,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  };
}

function outputOf(loop: Loop, name: string): string {
  const output = loop.stack.outputs.find((candidate) => candidate.name === name);
  if (output) return output.value;
  throw new DemoError(`the template has no output ${name}; the demo finds the system by its outputs`);
}
