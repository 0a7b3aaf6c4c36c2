import type { NestedStackModel } from '../../../template/model.ts';
import { stackPathOf } from '../../../template/stack-path.ts';
import type { StackRecord } from '../stack-record.ts';

/** A stack with those that are nested in it, by the logical ids that lead to them. */
export interface StackTree {
  record: StackRecord;
  nested: Map<string, StackRecord>;
}

/** The record of a nested stack of which nothing is made yet. */
export function nestedRecord(
  { id, name, path, source, description }: NestedStackModel,
  { record: root, nested }: StackTree,
): StackRecord {
  const parent = nested.get(stackPathOf(path) ?? '') ?? root;
  return {
    id,
    name,
    parentId: parent.id,
    rootId: root.id,
    ...(description !== undefined && { description }),
    status: 'CREATE_IN_PROGRESS',
    createdAt: Date.now(),
    parameters: [],
    outputs: [],
    tags: root.tags,
    capabilities: root.capabilities,
    disableRollback: root.disableRollback,
    terminationProtection: false,
    template: source,
    resources: [],
    events: [],
  };
}

/** The records of a tree of stacks, the outermost's first. */
export function recordsOf({ record, nested }: StackTree): StackRecord[] {
  return [record, ...nested.values()];
}
