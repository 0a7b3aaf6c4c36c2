import { randomUUID } from 'node:crypto';
import type { ResourceState } from '../../template/deployment.ts';
import type { NestedStackModel, ResourceReport, Stack } from '../../template/model.ts';
import { localIdOf, stackPathOf } from '../../template/stack-path.ts';
import type { StackTree } from './deploy/nested-records.ts';
import { outputsOf, parametersOf } from './deploy/told-stack.ts';
import { STACK_TYPE, type StackEvent, type StackRecord, type StackResource } from './stack-record.ts';

/** The stack that the loop runs from source with those that it nests, as ones that came to be when the loop started. */
export function liveStack(stack: Stack, startedAt: number): StackTree {
  const stateOf = new Map(stack.states().map((state) => [state.logicalId, state]));
  const record = recordOf(stack, undefined);
  const nested = new Map<string, StackRecord>();
  for (const model of stack.nested) {
    const parent = nested.get(stackPathOf(model.path) ?? '') ?? record;
    nested.set(model.path, { ...recordOf(model, model.path), parentId: parent.id, rootId: record.id });
  }
  return { record, nested };

  function recordOf(
    model: Pick<NestedStackModel, 'id' | 'name' | 'description' | 'parameters' | 'outputs' | 'source'>,
    path: string | undefined,
  ): StackRecord {
    const resources = stack.resources
      .filter(({ logicalId }) => isResource(logicalId) && stackPathOf(logicalId) === path)
      .map((report) => resourceOf(report, stateOf.get(report.logicalId), startedAt));
    return {
      id: model.id,
      name: model.name,
      ...(model.description !== undefined && { description: model.description }),
      status: 'CREATE_COMPLETE',
      createdAt: startedAt,
      parameters: parametersOf(model),
      outputs: outputsOf(model),
      tags: [],
      capabilities: [],
      disableRollback: false,
      terminationProtection: false,
      template: model.source,
      resources,
      events: creationEvents(model, resources, (logicalId) => shownOf(path, logicalId), startedAt),
    };
  }

  function shownOf(path: string | undefined, logicalId: string): Record<string, unknown> {
    return stateOf.get(path === undefined ? logicalId : `${path}/${logicalId}`)?.shown() ?? {};
  }
}

/** A part of a resource, `<LogicalId>.<part>`, is none of its own. */
function isResource(logicalId: string): boolean {
  return !logicalId.includes('.');
}

function resourceOf(
  { logicalId, physicalId, type, status, reason }: ResourceReport,
  state: ResourceState | undefined,
  at: number,
): StackResource {
  return {
    logicalId: localIdOf(logicalId),
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
  { id, name }: Pick<NestedStackModel, 'id' | 'name'>,
  resources: StackResource[],
  shownOf: (logicalId: string) => Record<string, unknown>,
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
        properties: JSON.stringify(shownOf(logicalId)),
      })),
    ),
    { ...ofStack, id: randomUUID(), status: 'CREATE_COMPLETE' },
  ];
}
