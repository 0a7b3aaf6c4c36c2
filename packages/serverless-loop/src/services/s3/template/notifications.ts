import { parseArn } from '../../../aws/arn.ts';
import type { NotificationModel, NotificationsModel } from '../../../template/model.ts';
import { uuidOf } from '../../../template/names.ts';
import type { Properties } from '../../../template/properties.ts';
import type { Resource } from '../../../template/resource.ts';
import type { Targets } from '../../../template/targets.ts';
import type { World } from '../../../template/world.ts';
import { EVENT_TYPES } from '../notifications/event-types.ts';
import { overlapIn } from '../notifications/overlap.ts';

const PARTS = [
  { list: 'LambdaConfigurations', arn: 'Function', kind: 'function', service: 'lambda' },
  { list: 'QueueConfigurations', arn: 'Queue', kind: 'queue', service: 'sqs' },
  { list: 'TopicConfigurations', arn: 'Topic', kind: 'topic', service: 'sns' },
] as const;

type Part = (typeof PARTS)[number];

/** `NotificationConfiguration` of a bucket (template reference, "AWS::S3::Bucket NotificationConfiguration"). */
export function readNotifications(
  bucket: Properties,
  resource: Resource,
  targets: Targets,
  world: World,
): NotificationsModel | undefined {
  const given = bucket.section('NotificationConfiguration');
  if (!given) return undefined;
  given.allowOnly(['EventBridgeConfiguration', ...PARTS.map(({ list }) => list)]);
  const told = PARTS.flatMap((part) =>
    given.sections(part.list).flatMap((section, at) => {
      const target = readTarget(section, part, `${world.scope.physicalId(resource)} ${part.list} ${at}`);
      return target && isReached(target, section, part, resource, targets, world) ? [target] : [];
    }),
  );
  const overlap = overlapIn(told);
  if (overlap) bucket.giveUp('NotificationConfiguration', overlap.message);
  const toEventBridge = readEventBridge(given);
  return told.length > 0 || toEventBridge ? { targets: told, toEventBridge } : undefined;
}

/** It is on where it stands, unless it says otherwise. */
function readEventBridge(given: Properties): boolean {
  const section = given.section('EventBridgeConfiguration');
  if (!section) return false;
  section.allowOnly(['EventBridgeEnabled']);
  return section.boolean('EventBridgeEnabled') ?? true;
}

function readTarget(section: Properties, part: Part, idText: string): NotificationModel | undefined {
  section.allowOnly(['Event', 'Filter', part.arn]);
  const arn = section.requiredText(part.arn);
  const type = section.requiredText('Event');
  if (arn === '' || type === '') return undefined;
  if (!EVENT_TYPES.has(type))
    section.giveUp('Event', `expected an event type of S3, such as s3:ObjectCreated:*, found ${type}`);
  return { id: uuidOf(idText), kind: part.kind, arn, events: [type], ...readFilter(section) };
}

function readFilter(section: Properties): Pick<NotificationModel, 'prefix' | 'suffix'> {
  const filter = section.section('Filter');
  filter?.allowOnly(['S3Key']);
  const key = filter?.section('S3Key');
  key?.allowOnly(['Rules']);
  const keys: { prefix?: string; suffix?: string } = {};
  for (const rule of key?.sections('Rules') ?? []) {
    rule.allowOnly(['Name', 'Value']);
    const name = rule.requiredText('Name').toLowerCase();
    const value = rule.text('Value') ?? '';
    if (name !== 'prefix' && name !== 'suffix')
      rule.complain('Name', `expected prefix or suffix, found ${name}`);
    else if (keys[name] !== undefined)
      rule.giveUp('Name', `Cannot specify more than one ${name} rule in a filter.`);
    else keys[name] = value;
  }
  return keys;
}

/** False for a target that nothing here brings a message to, which is told. */
function isReached(
  { arn, kind }: NotificationModel,
  section: Properties,
  part: Part,
  resource: Resource,
  targets: Targets,
  world: World,
): boolean {
  const target = targets.find(arn);
  if (target.kind === kind) return true;
  if (target.kind === 'nowhere') section.giveUp(part.arn, target.problem);
  else if (target.kind !== 'not emulated' || parseArn(arn)?.service !== part.service)
    section.giveUp(part.arn, `expected the ARN of a ${kind}, found ${arn}`);
  else {
    const line = section.lineOf(part.arn);
    world.reports.part(
      resource,
      `NotificationConfiguration.${part.list}`,
      line,
      'not emulated',
      target.reason,
    );
  }
  return false;
}
