import { archivesOf } from '../services/eventbridge/archives/archive-model.ts';
import { apiDestinationsOf } from '../services/eventbridge/http/api-destinations.ts';
import { subscriptionsOf } from '../services/logs/subscriptions/subscription-filter.ts';
import { pipesOf } from '../services/pipes/pipe.ts';
import { schedulesOf } from '../services/scheduler/held-kinds.ts';
import type { Stack } from '../template/model.ts';
import type { ArnOwners } from './arn-owners.ts';
import { type Edge, failing } from './edge.ts';

/** The ways of events by rules. */
export function busEdges({ buses, rules }: Stack, { ownerOf }: ArnOwners): Edge[] {
  const busOf = (name: string) => buses.find((bus) => bus.name === name)?.logicalId ?? name;
  return rules.flatMap(({ logicalId, busName, scheduleExpression, targets }) => [
    ...(scheduleExpression === undefined
      ? [{ from: busOf(busName), to: logicalId, kind: 'matches' } as const]
      : []),
    ...targets.flatMap(({ arn, deadLetterArn }) => [
      {
        from: logicalId,
        to: ownerOf(arn),
        kind: 'delivers',
        ...(scheduleExpression !== undefined && { label: scheduleExpression }),
      } as const,
      ...failing(logicalId, deadLetterArn, ownerOf),
    ]),
  ]);
}

/** The ways of events that schedules make. */
export function scheduleEdges(stack: Stack, { ownerOf }: ArnOwners): Edge[] {
  return schedulesOf(stack).flatMap(({ logicalId, expression, target }) => [
    { from: logicalId, to: ownerOf(target.arn), kind: 'delivers', label: expression } as const,
    ...failing(logicalId, target.deadLetterArn, ownerOf),
  ]);
}

/** The ways through pipes. */
export function pipeEdges(stack: Stack, { ownerOf }: ArnOwners): Edge[] {
  return pipesOf(stack).flatMap(({ logicalId, sourceArn, enrichmentArn, targetArn }): Edge[] => [
    { from: ownerOf(sourceArn), to: logicalId, kind: 'triggers' },
    ...(enrichmentArn === undefined
      ? []
      : [{ from: logicalId, to: ownerOf(enrichmentArn), kind: 'calls' } as const]),
    { from: logicalId, to: ownerOf(targetArn), kind: 'delivers' },
  ]);
}

/** The ways out of log groups. */
export function logEdges(stack: Stack, { ownerOf }: ArnOwners): Edge[] {
  return subscriptionsOf(stack).flatMap(({ logicalId, logGroupName, destinationArn, pattern }): Edge[] => [
    { from: groupIdOf(stack, logGroupName), to: logicalId, kind: 'matches' },
    { from: logicalId, to: ownerOf(destinationArn), kind: 'delivers', label: pattern },
  ]);
}

/** A function's group is the function's, unless the template has it. */
function groupIdOf({ logGroups, functions }: Stack, name: string): string {
  const owner =
    logGroups.find((group) => group.name === name) ??
    functions.find(({ logging }) => logging.logGroup === name);
  return owner?.logicalId ?? name;
}

/** Beside its rules' targets, an event of a bus ends in its archives, and an API destination's by its connection. */
export function busEndEdges(stack: Stack, { ownerOf }: ArnOwners): Edge[] {
  return [
    ...archivesOf(stack).map(
      ({ logicalId, busArn }): Edge => ({ from: ownerOf(busArn), to: logicalId, kind: 'keeps' }),
    ),
    ...apiDestinationsOf(stack).map(
      ({ logicalId, connectionArn, method, endpoint }): Edge => ({
        from: logicalId,
        to: ownerOf(connectionArn),
        kind: 'calls',
        label: `${method} ${endpoint}`,
      }),
    ),
  ];
}
