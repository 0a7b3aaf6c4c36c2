import { randomUUID } from 'node:crypto';
import { parseArn } from '../../../aws/arn.ts';
import { boolean, list, type Read, required, structure, text } from '../../../aws/members.ts';
import type { NotificationModel, NotificationsModel } from '../../../template/model.ts';
import { bucketOf, operation, s3Arn } from '../context.ts';
import { invalidArgument } from '../s3-errors.ts';
import { BUCKET } from '../shapes.ts';
import { refuseUnreachable } from './destinations.ts';
import { EVENT_TYPES } from './event-types.ts';
import { overlapIn } from './overlap.ts';

const EVENTS = required(list(text(), { name: 'Event', flat: true }));
const FILTER = structure({
  Key: structure(
    {
      FilterRules: list(structure({ Name: text(), Value: text() }), { name: 'FilterRule', flat: true }),
    },
    { name: 'S3Key' },
  ),
});

/** The names on the wire are older than those of the API (S3 API reference, "PutBucketNotificationConfiguration"). */
const CONFIGURATIONS = {
  TopicConfigurations: list(
    structure({ Id: text(), TopicArn: required(text({ name: 'Topic' })), Events: EVENTS, Filter: FILTER }),
    { name: 'TopicConfiguration', flat: true },
  ),
  QueueConfigurations: list(
    structure({ Id: text(), QueueArn: required(text({ name: 'Queue' })), Events: EVENTS, Filter: FILTER }),
    { name: 'QueueConfiguration', flat: true },
  ),
  LambdaFunctionConfigurations: list(
    structure({
      Id: text(),
      LambdaFunctionArn: required(text({ name: 'CloudFunction' })),
      Events: EVENTS,
      Filter: FILTER,
    }),
    { name: 'CloudFunctionConfiguration', flat: true },
  ),
  EventBridgeConfiguration: structure({}),
} as const;

const CONFIGURATION = structure(CONFIGURATIONS, { at: 'payload' });

export const NOTIFICATION_OPERATIONS = {
  /** Replaces all that was there. */
  PutBucketNotificationConfiguration: operation({
    route: 'PUT /{Bucket}?notification',
    action: 'PutBucketNotification',
    input: {
      ...BUCKET,
      NotificationConfiguration: required(CONFIGURATION),
      SkipDestinationValidation: boolean({ at: 'header', name: 'x-amz-skip-destination-validation' }),
    },
    needs: s3Arn,
    async handle(input, context, { requestId }) {
      const bucket = bucketOf(input, context);
      const notifications = modelOf(input.NotificationConfiguration);
      const { targets } = notifications;
      for (const target of targets) refuseMalformed(target);
      const overlap = overlapIn(targets);
      if (overlap) throw invalidArgument('Event', overlap.types.join(', '), overlap.message);
      if (!input.SkipDestinationValidation)
        await refuseUnreachable(targets, { ...context, bucketName: bucket.name, requestId });
      bucket.notifications = notifications;
      return {};
    },
  }),

  GetBucketNotificationConfiguration: operation({
    route: 'GET /{Bucket}?notification',
    root: 'NotificationConfiguration',
    action: 'GetBucketNotification',
    input: BUCKET,
    output: CONFIGURATIONS,
    needs: s3Arn,
    handle: (input, context) => described(bucketOf(input, context).notifications),
  }),
};

type Configuration = Read<typeof CONFIGURATIONS>;
type Filter = Read<{ Filter: typeof FILTER }>['Filter'];

function modelOf(configuration: Configuration): NotificationsModel {
  const {
    TopicConfigurations = [],
    QueueConfigurations = [],
    LambdaFunctionConfigurations = [],
  } = configuration;
  const given = (kind: NotificationModel['kind'], arn: string, it: Given): NotificationModel => ({
    id: it.Id || randomUUID(),
    kind,
    arn,
    events: [...it.Events],
    ...keysOf(it.Filter),
  });
  return {
    targets: [
      ...TopicConfigurations.map((it) => given('topic', it.TopicArn, it)),
      ...QueueConfigurations.map((it) => given('queue', it.QueueArn, it)),
      ...LambdaFunctionConfigurations.map((it) => given('function', it.LambdaFunctionArn, it)),
    ],
    toEventBridge: configuration.EventBridgeConfiguration !== undefined,
  };
}

interface Given {
  Id?: string;
  Events: readonly string[];
  Filter?: Filter;
}

/** Names of rules are taken in any case (LocalStack's record, test_s3_notifications_sqs.snapshot.json, test_filter_rules_case_insensitive). */
function keysOf(filter: Filter): Pick<NotificationModel, 'prefix' | 'suffix'> {
  const keys: { prefix?: string; suffix?: string } = {};
  for (const { Name = '', Value = '' } of filter?.Key?.FilterRules ?? []) {
    const name = Name.toLowerCase();
    if (name !== 'prefix' && name !== 'suffix')
      throw invalidArgument('FilterRule.Name', Name, 'filter rule name must be either prefix or suffix');
    if (keys[name] !== undefined) {
      const message = `Cannot specify more than one ${name} rule in a filter.`;
      throw invalidArgument('FilterRule.Name', name, message);
    }
    keys[name] = Value;
  }
  return keys;
}

const ARGUMENTS = { topic: 'Topic', queue: 'Queue', function: 'CloudFunction' } as const;
const SERVICES = { topic: 'sns', queue: 'sqs', function: 'lambda' } as const;

function refuseMalformed({ kind, arn, events }: NotificationModel): void {
  if (parseArn(arn)?.service !== SERVICES[kind])
    throw invalidArgument(ARGUMENTS[kind], arn, 'The ARN could not be parsed');
  const other = events.find((type) => !EVENT_TYPES.has(type));
  if (other !== undefined)
    throw invalidArgument('Event', other, 'A specified event is not supported for notifications.');
}

function described({ targets, toEventBridge }: NotificationsModel = { targets: [], toEventBridge: false }) {
  const of = (kind: NotificationModel['kind']) => targets.filter((target) => target.kind === kind);
  return {
    TopicConfigurations: of('topic').map((it) => ({ TopicArn: it.arn, ...configurationOf(it) })),
    QueueConfigurations: of('queue').map((it) => ({ QueueArn: it.arn, ...configurationOf(it) })),
    LambdaFunctionConfigurations: of('function').map((it) => ({
      LambdaFunctionArn: it.arn,
      ...configurationOf(it),
    })),
    EventBridgeConfiguration: toEventBridge ? {} : undefined,
  };
}

function configurationOf({ id, events, prefix, suffix }: NotificationModel) {
  const rules = [
    ...(prefix === undefined ? [] : [{ Name: 'Prefix', Value: prefix }]),
    ...(suffix === undefined ? [] : [{ Name: 'Suffix', Value: suffix }]),
  ];
  return {
    Id: id,
    Events: events,
    Filter: rules.length > 0 ? { Key: { FilterRules: rules } } : undefined,
  };
}
