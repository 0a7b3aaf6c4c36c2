import type { Stack } from '../../../template/model.ts';
import { isDeleted, type StackStore } from '../stack-store.ts';
import type { HeldStack } from './held-stack.ts';
import { recordsOf } from './nested-records.ts';

interface Export {
  exportName?: string | undefined;
  value: string;
}

/** The value that a stack exports under a name, which is the only one in the account and Region. */
export function exportedValue(name: string, store: StackStore): string | undefined {
  return store
    .list()
    .filter((record) => !isDeleted(record))
    .flatMap(({ outputs }) => outputs)
    .find(({ exportName }) => exportName === name)?.value;
}

/** The outputs of a stack and of those that are nested in it. */
export function exportsOf({ outputs, nested }: Pick<Stack, 'outputs' | 'nested'>): Export[] {
  return [...outputs, ...nested.flatMap((stack) => stack.outputs)];
}

/** Throws when a stack can't export these, because another does or because others use what would change or go. */
export function checkExports(
  held: HeldStack,
  next: readonly Export[],
  stacks: readonly HeldStack[],
  isDeletion: boolean,
): void {
  const others = stacks.filter((stack) => stack !== held && !isDeleted(stack.record));
  for (const { exportName } of next) {
    const owner = others
      .flatMap(recordsOf)
      .find(({ outputs }) =>
        outputs.some((output) => exportName !== undefined && output.exportName === exportName),
      );
    if (owner) throw new Error(`Export with name ${exportName} is already exported by stack ${owner.name}.`);
  }
  for (const { exportName, value } of recordsOf(held).flatMap(({ outputs }) => outputs)) {
    if (
      exportName === undefined ||
      next.some((output) => output.exportName === exportName && output.value === value)
    )
      continue;
    const users = others.filter(({ imports }) => imports.has(exportName)).map(({ record }) => record.name);
    if (users.length === 0) continue;
    const isGone = isDeletion || !next.some((output) => output.exportName === exportName);
    throw new Error(
      `Export ${exportName} cannot be ${isGone ? 'deleted' : 'updated'} as it is in use by ${users.join(' and ')}`,
    );
  }
}
