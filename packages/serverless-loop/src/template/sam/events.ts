import { didYouMean } from '../nearest.ts';
import type { Resource } from '../resource.ts';
import { getAtt, ref } from '../yaml/call.ts';
import { describe, entryOf, fields, type Node, textOf } from '../yaml/node.ts';
import { type ApiEvent, apiEventsOf, expandApiEvent } from './api-events.ts';
import { expandBucketEvent } from './event-bucket.ts';
import { expandLogs } from './event-logs.ts';
import { expandRule, RULE_EVENTS } from './event-rule.ts';
import { expandSchedule } from './event-schedule.ts';
import { expandSource, SOURCE_EVENTS } from './event-source.ts';
import { expandTopic } from './event-topic.ts';
import { type Expanding, made } from './made.ts';
import { OTHER_EVENTS, type OtherEvent } from './other-events.ts';

export interface ExpandedEvents {
  resources: Resource[];
  /** Managed policies that SAM adds to the role for sources that the function must poll. */
  managedPolicies: string[];
  /** Rights that its role needs to tell where records failed. */
  policies: Node[];
}

/** `Events`: what invokes the function. With an alias, it is the alias that is invoked. */
export function expandEvents(expanding: Expanding, aliasLogicalId: string | undefined): ExpandedEvents {
  const { resource, complain } = expanding;
  const { logicalId } = resource;
  const events = resource.properties.entries.get('Events');
  const expanded: ExpandedEvents = { resources: [], managedPolicies: [], policies: [] };
  if (events?.kind !== 'fields') return expanded;
  const overHttp = new Map(apiEventsOf(resource, expanding.declared).map((event) => [event.name, event]));
  for (const [name, event] of events.entries) {
    const type = textOf(entryOf(event, 'Type'));
    const properties = entryOf(event, 'Properties');
    const given = properties?.kind === 'fields' ? properties : fields(event.line, {});
    const other = OTHER_EVENTS.get(type ?? '');
    const source = SOURCE_EVENTS.get(type ?? '');
    const apiEvent = overHttp.get(name);
    const invoked = (line: number) => ({
      name: ref(line, aliasLogicalId ?? logicalId),
      arn: aliasLogicalId ? ref(line, aliasLogicalId) : getAtt(line, logicalId, 'Arn'),
    });
    if (apiEvent) {
      if (!isPermitted(apiEvent, overHttp))
        expanded.resources.push(...expandApiEvent(expanding, apiEvent, invoked(event.line).name));
    } else if (type && RULE_EVENTS.has(type)) {
      expanded.resources.push(
        ...expandRule(expanding, { name, type, line: event.line, given }, invoked(event.line)),
      );
    } else if (type === 'ScheduleV2') {
      const { line } = event;
      const right = { action: 'lambda:InvokeFunction', policySuffix: 'LambdaPolicy' };
      expanded.resources.push(...expandSchedule(expanding, { name, line, given }, invoked(line).arn, right));
    } else if (type === 'SNS') {
      const { line } = event;
      const topic = expandTopic(expanding, { name, line, given }, invoked(line));
      expanded.resources.push(...topic.resources);
      expanded.managedPolicies.push(...topic.managedPolicies);
    } else if (type === 'CloudWatchLogs') {
      const { line } = event;
      expanded.resources.push(...expandLogs(expanding, { name, line, given }, invoked(line)));
    } else if (type === 'S3') {
      const { line } = event;
      expanded.resources.push(expandBucketEvent(expanding, { name, line, given }, invoked(line).name));
    } else if (source) {
      const { line } = event;
      const { mapping, policies } = expandSource(
        expanding,
        { name, line, given },
        source,
        invoked(line).name,
      );
      expanded.resources.push(mapping);
      expanded.managedPolicies.push(source.managedPolicy);
      expanded.policies.push(...policies);
    } else if (other) {
      expanded.resources.push(...expandOther(expanding, name, event, other));
      if (other.managedPolicy) expanded.managedPolicies.push(other.managedPolicy);
    } else if (event.kind !== 'unknown') {
      const known = [
        'Api',
        'CloudWatchLogs',
        'HttpApi',
        'S3',
        'ScheduleV2',
        'SNS',
        ...RULE_EVENTS.keys(),
        ...SOURCE_EVENTS.keys(),
        ...OTHER_EVENTS.keys(),
      ];
      complain(
        event.line,
        `Events.${name}.Type, expected an event type of SAM, found ${describe(entryOf(event, 'Type'))}${didYouMean(type ?? '', known)}`,
      );
    }
  }
  return expanded;
}

/** The permission of the function's default route is one for all routes of the API (aws-sam-translator, `HttpApi._get_permission`). */
function isPermitted(event: ApiEvent, ofFunction: ReadonlyMap<string, ApiEvent>): boolean {
  if (event.type !== 'HttpApi' || event.path === '$default') return false;
  return [...ofFunction.values()].some(
    ({ apiId, path, method }) => apiId === event.apiId && path === '$default' && method === 'any',
  );
}

function expandOther({ resource }: Expanding, name: string, event: Node, other: OtherEvent): Resource[] {
  const eventType = textOf(entryOf(event, 'Type'));
  const { line } = event;
  const notEmulated = `${eventType} events are not emulated: this source never invokes ${resource.logicalId}`;
  const { beside } = other;
  const logicalId = `${resource.logicalId}${other.isShared ? '' : name}${other.suffix}`;
  return [
    made(resource, logicalId, other.type, {}, { line, notEmulated }),
    ...(beside
      ? [made(resource, `${logicalId}${beside.suffix}`, beside.type, {}, { line, notEmulated })]
      : []),
  ];
}
