import { CloudWatchClient, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, StartReplayCommand } from '@aws-sdk/client-eventbridge';
import {
  AddPermissionCommand,
  GetFunctionCommand,
  GetPolicyCommand,
  LambdaClient,
} from '@aws-sdk/client-lambda';
import {
  GetQueueAttributesCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { StartOptions } from 'serverless-loop';
import { type Finished, runInProcess } from 'serverless-loop/tests';
import { clientOptions, runLoop } from '../../loop.ts';
import { systemOf, TEMPLATE } from '../app/events/system.ts';
import { firstCommand } from './runbook.ts';
import { startTrouble } from './trouble.ts';
import { environmentAfter, fileOf, filterLogEvents, inputOf, wordsOf } from './typed-command.ts';

const MINUTE_MS = 60_000;
/** By then CloudWatch has looked, whatever the period of an alarm. */
const LONGEST_MINUTES = 16;

export type OperatedStack = Awaited<ReturnType<typeof operatedStack>>;

/** The project's own stack, its functions apart from AWS by a trouble, and someone who types the commands of the page. */
export async function operatedStack(options: StartOptions = {}) {
  const trouble = await startTrouble();
  // Everything that happens now belongs to the minute that a test lets pass next.
  const day = new Date(Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS + 30_000);
  const running = await runLoop(options.template ?? TEMPLATE, {
    functionEndpoint: trouble.endpoint,
    // A minute in 0.3 s; what redrive takes stays hidden for 4.5 s.
    retrySpeed: 200,
    clock: { day },
    ...options,
  });
  trouble.forwardTo(running.loop.endpoint);
  const { loop } = running;
  const client = clientOptions(loop);
  const lambda = new LambdaClient(client);
  const sqs = new SQSClient(client);
  const cloudwatch = new CloudWatchClient(client);
  const events = new EventBridgeClient(client);
  const table = DynamoDBDocumentClient.from(new DynamoDBClient(client));
  const output = (name: string): string => loop.outputs[name] ?? '';

  /** The commands of the AWS CLI that the page has, as the SDK sends them. */
  const calls: Record<string, (input: Record<string, string>) => Promise<unknown>> = {
    'cloudwatch describe-alarms': () => cloudwatch.send(new DescribeAlarmsCommand({ StateValue: 'ALARM' })),
    'logs filter-log-events': ({ LogGroupName = '', FilterPattern = '' }) =>
      filterLogEvents(loop.endpoint, LogGroupName, FilterPattern),
    'lambda get-function': (input) => lambda.send(new GetFunctionCommand({ FunctionName: '', ...input })),
    'lambda get-policy': (input) => lambda.send(new GetPolicyCommand({ FunctionName: '', ...input })),
    'lambda add-permission': ({ FunctionName, StatementId, Action, Principal, ...more }) =>
      lambda.send(new AddPermissionCommand({ FunctionName, StatementId, Action, Principal, ...more })),
    'sqs get-queue-attributes': ({ QueueUrl, AttributeNames }) =>
      sqs.send(
        new GetQueueAttributesCommand({
          QueueUrl,
          AttributeNames: [AttributeNames === 'Policy' ? 'Policy' : 'All'],
        }),
      ),
  };

  async function aws(words: string[]): Promise<Finished> {
    const call = calls[words.slice(0, 2).join(' ')];
    if (!call) throw new Error(`the page has a command that this test doesn't know: aws ${words.join(' ')}`);
    const answer = await call(inputOf(words.slice(2)));
    return { status: 0, stdout: JSON.stringify(answer), stderr: '' };
  }

  // As the page begins; a reader's loop is at the usual port.
  let typed: ReturnType<typeof environmentAfter> | undefined;
  const environment = () => {
    typed ??= environmentAfter(firstCommand(), { AWS_ENDPOINT_URL: loop.endpoint });
    return typed;
  };

  /** Types a command; where it would ask, the answer is yes. */
  async function run(command: string): Promise<Finished> {
    const words = await wordsOf(command, await environment());
    if (words[0] === 'aws') return aws(words.slice(1));
    const [, , script = '', , ...args] = words;
    const isAsked = ['redrive', 'republish'].includes(script) && !args.includes('--dry-run');
    return runInProcess([fileOf(script), ...args, ...(isAsked ? ['--yes'] : [])], {
      env: await environment(),
    });
  }

  /** Logical ids of the alarms that ring. */
  async function ringing(): Promise<string[]> {
    const { MetricAlarms = [], CompositeAlarms = [] } = await cloudwatch.send(
      new DescribeAlarmsCommand({ StateValue: 'ALARM', AlarmTypes: ['MetricAlarm', 'CompositeAlarm'] }),
    );
    const names = [...MetricAlarms, ...CompositeAlarms].map(({ AlarmName }) => AlarmName);
    return loop.resources
      .filter(({ physicalId }) => names.includes(physicalId))
      .map(({ logicalId }) => logicalId);
  }

  return {
    ...running,
    system: systemOf(running),
    trouble,
    output,
    run,
    /** Types commands one after the other, and gives all that they print. */
    async runAll(commands: string[]): Promise<string> {
      const printed: string[] = [];
      for (const command of commands) {
        const { status, stdout, stderr } = await run(command);
        if (status !== 0) throw new Error(`${command} ended with ${status}: ${stdout}${stderr}`);
        printed.push(stdout);
      }
      return printed.join('\n');
    },
    lambda,
    policyOf: async (queueOutput: string): Promise<string> => {
      const { Attributes } = await sqs.send(
        new GetQueueAttributesCommand({ QueueUrl: output(queueOutput), AttributeNames: ['Policy'] }),
      );
      return Attributes?.Policy ?? '';
    },
    setPolicy: (queueOutput: string, Policy: string) =>
      sqs.send(new SetQueueAttributesCommand({ QueueUrl: output(queueOutput), Attributes: { Policy } })),
    /** Everything before is out of every alarm's period. */
    pastAlarms: () => loop.clock.advance(LONGEST_MINUTES * MINUTE_MS),
    /** The alarms that ring once CloudWatch has looked, within a quarter of an hour. */
    async alarms(): Promise<Set<string>> {
      const rang = new Set<string>();
      for (let minute = 1; minute <= LONGEST_MINUTES; minute += 1) {
        await loop.clock.advance(MINUTE_MS);
        for (const alarm of await ringing()) rang.add(alarm);
      }
      return rang;
    },
    /** Leaves a message in a queue. */
    leave: (queueOutput: string, MessageBody: string) =>
      sqs.send(new SendMessageCommand({ QueueUrl: output(queueOutput), MessageBody })),
    /** Sends what the archive has of the last day to its bus again. */
    async replay(): Promise<void> {
      const Arn = output('OrderBusArn');
      const place = Arn.slice(0, Arn.indexOf(':event-bus/'));
      await events.send(
        new StartReplayCommand({
          ReplayName: 'again',
          EventSourceArn: `${place}:archive/${loop.physicalId('OrderArchive')}`,
          EventStartTime: new Date(Date.now() - 24 * 60 * MINUTE_MS),
          EventEndTime: new Date(loop.clock.now()),
          Destination: { Arn },
        }),
      );
    },
    /** The number of messages in a queue. */
    async depth(queueOutput: string): Promise<number> {
      const { Attributes } = await sqs.send(
        new GetQueueAttributesCommand({
          QueueUrl: output(queueOutput),
          AttributeNames: ['ApproximateNumberOfMessages'],
        }),
      );
      return Number(Attributes?.ApproximateNumberOfMessages);
    },
    /** As if the order had been placed that long ago. */
    age: (orderId: unknown, minutes: number) =>
      table.send(
        new UpdateCommand({
          TableName: output('OrdersTableName'),
          Key: { orderId },
          UpdateExpression: 'SET createdAt = :at',
          ExpressionAttributeValues: { ':at': new Date(Date.now() - minutes * 60_000).toISOString() },
        }),
      ),
    async stop() {
      await running.stop();
      await trouble.stop();
    },
  };
}
