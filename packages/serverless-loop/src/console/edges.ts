import { machinesOf } from '../services/stepfunctions/held-kinds.ts';
import type { Stack } from '../template/model.ts';
import { type ArnOwners, arnOwners } from './arn-owners.ts';
import { type Edge, failing } from './edge.ts';
import { busEdges, busEndEdges, logEdges, pipeEdges, scheduleEdges } from './event-edges.ts';
import { permissionEdges } from './permission-edges.ts';

/** The edges of a stack, as its template has them: what its services do, and what the functions' roles let them do. */
export function edgesOf(stack: Stack): Edge[] {
  const owners = arnOwners(stack);
  return joined([
    ...busEdges(stack, owners),
    ...scheduleEdges(stack, owners),
    ...functionEdges(stack, owners),
    ...apiEdges(stack, owners),
    ...messageEdges(stack, owners),
    ...machineEdges(stack, owners),
    ...pipeEdges(stack, owners),
    ...logEdges(stack, owners),
    ...busEndEdges(stack, owners),
    ...permissionEdges(stack, owners),
  ]);
}

function functionEdges({ functions, eventSources }: Stack, { ownerOf }: ArnOwners): Edge[] {
  return [
    ...eventSources.flatMap(({ sourceArn, functionArn, stream }) => [
      { from: ownerOf(sourceArn), to: ownerOf(functionArn), kind: 'triggers' } as const,
      ...failing(ownerOf(functionArn), stream?.onFailureArn, ownerOf),
    ]),
    ...functions.flatMap(({ logicalId, asyncInvoke, qualifiers }) =>
      [asyncInvoke, ...qualifiers.map((qualifier) => qualifier.asyncInvoke)].flatMap(
        ({ onFailureArn, onSuccessArn, deadLetterArn }): Edge[] => [
          ...failing(logicalId, onFailureArn, ownerOf),
          ...failing(logicalId, deadLetterArn, ownerOf),
          ...(onSuccessArn === undefined
            ? []
            : [{ from: logicalId, to: ownerOf(onSuccessArn), kind: 'succeeds to' } as const]),
        ],
      ),
    ),
  ];
}

function apiEdges({ apis }: Stack, { ownerOf }: ArnOwners): Edge[] {
  return apis.flatMap(({ logicalId, routes }) =>
    routes.flatMap(({ method, path, integration }) =>
      integration?.kind === 'function'
        ? [
            {
              from: logicalId,
              to: ownerOf(integration.functionArn),
              kind: 'integrates',
              label: path === '$default' ? path : `${method} ${path}`,
            } as const,
          ]
        : [],
    ),
  );
}

function messageEdges({ topics, queues, buckets, alarms }: Stack, { ownerOf }: ArnOwners): Edge[] {
  return [
    ...topics.flatMap(({ logicalId, subscriptions }) =>
      subscriptions.flatMap(({ endpoint, deadLetterArn }) => [
        { from: logicalId, to: ownerOf(endpoint), kind: 'delivers' } as const,
        ...failing(logicalId, deadLetterArn, ownerOf),
      ]),
    ),
    ...queues.flatMap(({ logicalId, redrive }) => failing(logicalId, redrive?.deadLetterArn, ownerOf)),
    ...buckets.flatMap(({ logicalId, notifications }) =>
      (notifications?.targets ?? []).map(
        ({ arn, events }) =>
          ({ from: logicalId, to: ownerOf(arn), kind: 'delivers', label: events.join(', ') }) as const,
      ),
    ),
    ...alarms.flatMap(({ logicalId, actions }) =>
      Object.values(actions.on)
        .flat()
        .map((arn) => ({ from: logicalId, to: ownerOf(arn), kind: 'notifies' }) as const),
    ),
  ];
}

/** Tasks name what they call in any of their parameters: by ARN, by name, or by the URL of a queue. */
function machineEdges(stack: Stack, { ownerOf }: ArnOwners): Edge[] {
  const byName = new Map([
    ...[...stack.functions, ...stack.tables].map(({ name, logicalId }): [string, string] => [
      name,
      logicalId,
    ]),
    ...stack.queues.map(({ url, logicalId }): [string, string] => [url, logicalId]),
  ]);
  return machinesOf(stack).flatMap(({ logicalId, definition }) =>
    textsIn(JSON.parse(definition)).flatMap((text) => {
      const to = byName.get(text) ?? ownerOf(text);
      return to === text || to === logicalId ? [] : [{ from: logicalId, to, kind: 'calls' } as const];
    }),
  );
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** One of each, with all that is said of it. */
function joined(edges: readonly Edge[]): Edge[] {
  const byEnds = Map.groupBy(edges, ({ from, to, kind }) => JSON.stringify([from, to, kind]));
  return [...byEnds.values()].flatMap(([first, ...others]) => {
    if (!first) return [];
    const labels = [first, ...others].flatMap(({ label = '' }) => label.split(', '));
    const label = [...new Set(labels)].filter((each) => each !== '').join(', ');
    const { from, to, kind } = first;
    return [{ from, to, kind, ...(label !== '' && { label }) }];
  });
}
