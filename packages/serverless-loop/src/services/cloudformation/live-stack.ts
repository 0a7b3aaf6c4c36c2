import { randomUUID } from 'node:crypto';
import type { ResourceState } from '../../template/deployment.ts';
import type { ResourceReport, Stack } from '../../template/model.ts';
import { STACK_TYPE, type StackEvent, type StackRecord, type StackResource } from './stack-record.ts';

/** The stack that the loop runs from source, as one that came to be when the loop started. */
export function liveStack(stack: Stack, states: readonly ResourceState[], startedAt: number): StackRecord {
  const stateOf = new Map(states.map((state) => [state.logicalId, state]));
  const resources = stack.resources
    .filter(isResource)
    .map((report) => resourceOf(report, stateOf.get(report.logicalId), startedAt));
  return {
    id: stack.id,
    name: stack.name,
    ...(stack.description !== undefined && { description: stack.description }),
    status: 'CREATE_COMPLETE',
    createdAt: startedAt,
    parameters: stack.parameters.map(({ name, value, noEcho }) => ({ key: name, value, noEcho })),
    outputs: stack.outputs.map(({ name, ...output }) => ({ key: name, ...output })),
    tags: [],
    capabilities: [],
    disableRollback: false,
    terminationProtection: false,
    template: stack.source,
    resources,
    events: creationEvents(stack, resources, stateOf, startedAt),
  };
}

/** A part of a resource, `<LogicalId>.<part>`, is none of its own. */
function isResource({ logicalId }: ResourceReport): boolean {
  return !logicalId.includes('.');
}

function resourceOf(
  { logicalId, physicalId, type, status, reason }: ResourceReport,
  state: ResourceState | undefined,
  at: number,
): StackResource {
  return {
    logicalId,
    physicalId,
    type,
    status: 'CREATE_COMPLETE',
    ...(reason !== undefined && { statusReason: `The loop: ${status}, ${reason}` }),
    ...(state?.metadata !== undefined && { metadata: JSON.stringify(state.metadata) }),
    at,
  };
}

/** Oldest first: the stack begins, each resource begins and is there, the stack is complete. */
function creationEvents(
  { id, name }: Stack,
  resources: StackResource[],
  stateOf: ReadonlyMap<string, ResourceState>,
  at: number,
): StackEvent[] {
  const ofStack = { logicalId: name, physicalId: id, type: STACK_TYPE, at };
  return [
    { ...ofStack, id: randomUUID(), status: 'CREATE_IN_PROGRESS', statusReason: 'User Initiated' },
    ...resources.flatMap(({ logicalId, physicalId, type }): StackEvent[] =>
      (['CREATE_IN_PROGRESS', 'CREATE_COMPLETE'] as const).map((status) => ({
        id: `${logicalId}-${status}-${new Date(at).toISOString()}`,
        logicalId,
        ...(physicalId !== undefined && { physicalId }),
        type,
        at,
        status,
        properties: JSON.stringify(stateOf.get(logicalId)?.shown() ?? {}),
      })),
    ),
    { ...ofStack, id: randomUUID(), status: 'CREATE_COMPLETE' },
  ];
}
