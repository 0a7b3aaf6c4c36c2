import { textIn } from '../contract.ts';
import { arn, document, ROLE, type TerraformResource } from './resource.ts';

const QUEUE = arn('sqs', 'tf-queue');
const Tags = [{ Key: 'team', Value: 'one' }];

export const MESSAGES: readonly TerraformResource[] = [
  {
    kind: 'aws_sqs_queue, with aws_sqs_queue_policy',
    async create(call) {
      const queue = await call('sqs', 'CreateQueue', {
        QueueName: 'tf-queue',
        Attributes: { VisibilityTimeout: '30', SqsManagedSseEnabled: 'true' },
        tags: { team: 'one' },
      });
      const Policy = document({ Effect: 'Allow', Principal: '*', Action: 'sqs:*', Resource: QUEUE });
      await call('sqs', 'SetQueueAttributes', { ...queue, Attributes: { Policy } });
      return queue;
    },
    async read(call, queue) {
      await call('sqs', 'GetQueueAttributes', { ...queue, AttributeNames: ['All'] });
      await call('sqs', 'ListQueueTags', queue);
    },
    async update(call, queue) {
      await call('sqs', 'SetQueueAttributes', { ...queue, Attributes: { DelaySeconds: '1' } });
      await call('sqs', 'UntagQueue', { ...queue, TagKeys: ['team'] });
      await call('sqs', 'TagQueue', { ...queue, Tags: { team: 'two' } });
    },
    async remove(call, queue) {
      await call('sqs', 'SetQueueAttributes', { ...queue, Attributes: { Policy: '' } });
      await call('sqs', 'DeleteQueue', queue);
    },
    gone: (queue) => [
      ...(['sqs', 'GetQueueAttributes'] as const),
      { ...queue, AttributeNames: ['All'] },
      'AWS.SimpleQueueService.NonExistentQueue',
    ],
  },
  {
    kind: 'aws_sns_topic, with aws_sns_topic_subscription',
    async create(call) {
      const { TopicArn } = await call('sns', 'CreateTopic', { Name: 'tf-topic', Attributes: {}, Tags });
      const set = { TopicArn, AttributeName: 'DisplayName', AttributeValue: 'News' };
      await call('sns', 'SetTopicAttributes', set);
      const { SubscriptionArn } = await call('sns', 'Subscribe', {
        ...{ TopicArn, Protocol: 'sqs', Endpoint: QUEUE, ReturnSubscriptionArn: true },
        Attributes: { RawMessageDelivery: 'true' },
      });
      return { TopicArn, SubscriptionArn };
    },
    async read(call, { TopicArn, SubscriptionArn }) {
      await call('sns', 'GetTopicAttributes', { TopicArn });
      await call('sns', 'ListTagsForResource', { ResourceArn: TopicArn });
      await call('sns', 'GetSubscriptionAttributes', { SubscriptionArn });
    },
    async update(call, { SubscriptionArn }) {
      await call('sns', 'SetSubscriptionAttributes', {
        ...{ SubscriptionArn, AttributeName: 'FilterPolicy', AttributeValue: '{"a":["b"]}' },
      });
    },
    async remove(call, { TopicArn, SubscriptionArn }) {
      await call('sns', 'Unsubscribe', { SubscriptionArn });
      await call('sns', 'DeleteTopic', { TopicArn });
    },
    gone: ({ TopicArn }) => ['sns', 'GetTopicAttributes', { TopicArn }, 'NotFound'],
  },
  {
    kind: 'aws_cloudwatch_event_bus, with aws_cloudwatch_event_rule and aws_cloudwatch_event_target',
    async create(call) {
      const EventBusName = 'tf-bus';
      await call('events', 'CreateEventBus', { Name: EventBusName, Tags });
      const rule = { Name: 'tf-rule', EventBusName };
      await call('events', 'PutRule', {
        ...{ ...rule, EventPattern: '{"source":["tests"]}', State: 'ENABLED', Tags },
      });
      const Targets = [{ Id: 'one', Arn: QUEUE, RetryPolicy: { MaximumRetryAttempts: 2 } }];
      await call('events', 'PutTargets', { Rule: 'tf-rule', EventBusName, Targets });
      return { EventBusName };
    },
    async read(call, { EventBusName }) {
      await call('events', 'DescribeEventBus', { Name: EventBusName });
      await call('events', 'DescribeRule', { Name: 'tf-rule', EventBusName });
      await call('events', 'ListTargetsByRule', { Rule: 'tf-rule', EventBusName });
      for (const path of ['event-bus/tf-bus', 'rule/tf-bus/tf-rule'])
        await call('events', 'ListTagsForResource', { ResourceARN: arn('events', path) });
    },
    async update(call, { EventBusName }) {
      await call('events', 'PutRule', {
        ...{ Name: 'tf-rule', EventBusName, State: 'DISABLED', EventPattern: '{"source":["others"]}' },
      });
    },
    async remove(call, { EventBusName }) {
      await call('events', 'RemoveTargets', { Rule: 'tf-rule', EventBusName, Ids: ['one'] });
      await call('events', 'DeleteRule', { Name: 'tf-rule', EventBusName });
      await call('events', 'DeleteEventBus', { Name: EventBusName });
    },
    gone: ({ EventBusName }) => [
      ...(['events', 'DescribeEventBus', { Name: EventBusName }, 'ResourceNotFoundException'] as const),
    ],
  },
  {
    kind: 'aws_scheduler_schedule',
    async create(call) {
      const schedule = {
        ...{ Name: 'tf-schedule', GroupName: 'default', ScheduleExpression: 'rate(1 day)' },
        ...{ FlexibleTimeWindow: { Mode: 'OFF' }, State: 'ENABLED', ClientToken: 'one' },
        Target: { Arn: QUEUE, RoleArn: ROLE, RetryPolicy: { MaximumRetryAttempts: 2 } },
      };
      await call('scheduler', 'CreateSchedule', schedule);
      return schedule;
    },
    async read(call, { Name, GroupName }) {
      await call('scheduler', 'GetSchedule', { Name, GroupName });
    },
    async update(call, schedule) {
      await call('scheduler', 'UpdateSchedule', { ...schedule, State: 'DISABLED' });
    },
    async remove(call, { Name, GroupName }) {
      await call('scheduler', 'DeleteSchedule', { Name, GroupName });
    },
    gone: ({ Name, GroupName }) => [
      ...(['scheduler', 'GetSchedule', { Name, GroupName }, 'ResourceNotFoundException'] as const),
    ],
  },
  {
    kind: 'aws_sfn_state_machine',
    async create(call) {
      const definition = JSON.stringify({ StartAt: 'P', States: { P: { Type: 'Pass', End: true } } });
      await call('stepfunctions', 'ValidateStateMachineDefinition', { definition, type: 'STANDARD' });
      const { stateMachineArn } = await call('stepfunctions', 'CreateStateMachine', {
        ...{ name: 'tf-machine', roleArn: ROLE, definition, type: 'STANDARD', publish: false },
        tags: [{ key: 'team', value: 'one' }],
      });
      return { stateMachineArn, definition };
    },
    async read(call, { stateMachineArn }) {
      await call('stepfunctions', 'DescribeStateMachine', { stateMachineArn });
      await call('stepfunctions', 'ListStateMachineVersions', { stateMachineArn });
      await call('stepfunctions', 'ListTagsForResource', { resourceArn: stateMachineArn });
    },
    async update(call, { stateMachineArn, definition }) {
      await call('stepfunctions', 'UpdateStateMachine', { stateMachineArn, definition, publish: true });
      const { revisionId } = await call('stepfunctions', 'DescribeStateMachine', { stateMachineArn });
      textIn({ revisionId }, 'revisionId');
    },
    async remove(call, { stateMachineArn }) {
      await call('stepfunctions', 'DeleteStateMachine', { stateMachineArn });
    },
    gone: ({ stateMachineArn }) => [
      ...(['stepfunctions', 'DescribeStateMachine'] as const),
      { stateMachineArn },
      'StateMachineDoesNotExist',
    ],
  },
];
