import { randomUUID } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import type { Outputs } from '../../stack/outputs.ts';
import type { Place } from '../place.ts';
import { type Step, StepFailure } from '../step.ts';
import { removeOrder } from '../test-data.ts';
import { until } from '../wait.ts';

interface Options {
  place: Place;
  outputs(): Outputs | undefined;
}

/** One order to a stage that has customers: marked, of nobody, and removed whatever becomes of it. */
export function markedOrder({ place, outputs }: Options): Step {
  const mark = `deployment-check-${randomUUID()}`;
  let orderId: string | undefined;
  const output = (name: string) => {
    const value = outputs()?.[name];
    if (value) return value;
    throw new StepFailure(`the stack has no output ${name}`);
  };
  const order = async (id: string) => {
    const client = DynamoDBDocumentClient.from(new DynamoDBClient(place.client()));
    const { Item } = await client.send(
      new GetCommand({ TableName: output('OrdersTableName'), Key: { orderId: id }, ConsistentRead: true }),
    );
    return Item;
  };
  return {
    id: 'order',
    title: 'Marked order',
    failure: 'test',
    limitMs: 300_000,
    async start({ say }) {
      const { Payload, FunctionError } = await new LambdaClient(place.client()).send(
        new InvokeCommand({
          FunctionName: output('OrderCreatorFunctionName'),
          Payload: JSON.stringify(marked(mark)),
        }),
      );
      const text = new TextDecoder().decode(Payload);
      if (FunctionError) throw new StepFailure(`the order creator failed: ${text}`);
      const answer: { orderId?: unknown } = Object(JSON.parse(text));
      if (typeof answer.orderId !== 'string') throw new StepFailure(`the order was not accepted: ${text}`);
      orderId = answer.orderId;
      say(`order ${orderId} with the key ${mark}`);
    },
    async check({ signal }) {
      const id = orderId ?? '';
      await until(signal, 1_000, async () => (await order(id))?.status === 'PROCESSED' || undefined);
      return `${id} is PROCESSED`;
    },
    undo: {
      id: 'order-removal',
      title: 'Remove the marked order',
      when: 'always',
      failure: 'cleanup',
      limitMs: 60_000,
      async start() {
        if (orderId !== undefined) await removeOrder(place, output('OrdersTableName'), orderId);
      },
      async check() {
        if (orderId === undefined) return 'none was placed';
        if (await order(orderId)) throw new StepFailure(`left in the table: order ${orderId}`);
        return 'removed';
      },
    },
  };
}

function marked(mark: string) {
  return {
    customer: { name: 'Deployment check, no customer', email: 'deployment-check@example.com' },
    snacks: [{ sku: 'DEPLOYMENT-CHECK', quantity: 1 }],
    delivery: { method: 'PICKUP', notes: mark },
    idempotencyKey: mark,
  };
}
