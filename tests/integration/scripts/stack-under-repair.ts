import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import process from 'node:process';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import {
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { commandLine, type Finished } from 'serverless-loop/tests';
import { clientOptions, runLoop } from '../../loop.ts';
import { TEMPLATE } from '../app/events/system.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');

export type StackUnderRepair = Awaited<ReturnType<typeof stackUnderRepair>>;

/** The project's own stack in a loop whose minutes take a second, and what a test needs to break it and look at it. */
export async function stackUnderRepair() {
  const running = await runLoop(TEMPLATE, { stackName: 'serverless-snacks-dev', retrySpeed: 60 });
  const { loop } = running;
  const { endpoint } = loop;
  const { outputs } = loop;
  const output = (name: string): string => {
    const value = outputs[name];
    if (value === undefined) throw new Error(`the stack has no output ${name}`);
    return value;
  };
  const client = clientOptions(loop);
  const lambda = new LambdaClient(client);
  const sqs = new SQSClient(client);
  const table = DynamoDBDocumentClient.from(new DynamoDBClient(client));

  async function depth(queueOutput: string): Promise<{ visible: number; held: number }> {
    const { Attributes = {} } = await sqs.send(
      new GetQueueAttributesCommand({
        QueueUrl: output(queueOutput),
        AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
      }),
    );
    return {
      visible: Number(Attributes.ApproximateNumberOfMessages),
      held: Number(Attributes.ApproximateNumberOfMessagesNotVisible),
    };
  }

  return {
    factsOf: running.factsOf,
    endpoint,
    outputs,
    region: loop.region,
    output,
    table,
    stop: running.stop,

    /** For the next test: nothing is under way, no order is stored, no message left, nothing has been told. */
    clear: () => loop.reset(),

    /** The creator's answer to an order. */
    async place(order: unknown): Promise<Record<string, unknown>> {
      const { Payload } = await lambda.send(
        new InvokeCommand({
          FunctionName: output('OrderCreatorFunctionArn'),
          Payload: JSON.stringify(order),
        }),
      );
      return JSON.parse(new TextDecoder().decode(Payload));
    },

    /** An order's item as it is stored. */
    async item(orderId: string): Promise<Record<string, unknown> | undefined> {
      const { Item } = await table.send(
        new GetCommand({ TableName: output('OrdersTableName'), Key: { orderId }, ConsistentRead: true }),
      );
      return Item;
    },

    /** Puts a message on a queue, as EventBridge and Lambda do. */
    async send(queueOutput: string, body: string, attributes: Record<string, string> = {}): Promise<void> {
      await sqs.send(
        new SendMessageCommand({
          QueueUrl: output(queueOutput),
          MessageBody: body,
          MessageAttributes: Object.fromEntries(
            Object.entries(attributes).map(([name, StringValue]) => [
              name,
              { DataType: 'String', StringValue },
            ]),
          ),
        }),
      );
    },

    /** The messages of a queue: those that can be received, and those that someone has in hand. */
    depth,

    /** Takes every message off a queue for a while, and gives their bodies. */
    async bodies(queueOutput: string): Promise<string[]> {
      const { Messages = [] } = await sqs.send(
        new ReceiveMessageCommand({
          QueueUrl: output(queueOutput),
          MaxNumberOfMessages: 10,
          VisibilityTimeout: 0,
        }),
      );
      return Messages.map(({ Body = '' }) => Body);
    },
  };
}

/** Runs a command of the project. */
export function repair(args: string[], env: Record<string, string>) {
  const child = spawn(process.execPath, commandLine(args), {
    cwd: ROOT,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk) => {
    stdout += String(chunk);
  });
  child.stderr.on('data', (chunk) => {
    stderr += String(chunk);
  });
  return {
    /** Sends a signal, and resolves when the command has taken it. */
    async interrupt(signal: NodeJS.Signals): Promise<void> {
      child.kill(signal);
      while (!stderr.includes('Interrupted') && child.exitCode === null && child.signalCode === null)
        await Promise.race([once(child.stderr, 'data'), once(child, 'close')]);
    },
    ended: new Promise<Finished>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (status) => resolve({ status, stdout, stderr }));
    }),
  };
}
