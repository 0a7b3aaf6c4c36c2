import type { Stack } from '../../../template/model.ts';
import { addModels, modelsOf, noModels } from '../../../template/stack-models.ts';

/** The part of a stack that is of these resources. */
export function onlyOf(stack: Stack, logicalIds: ReadonlySet<string>): Stack {
  const isOf = ({ logicalId }: { logicalId: string }) => logicalIds.has(logicalId);
  const isRoleOf = ({ name }: { name: string }) =>
    stack.resources.some((resource) => isOf(resource) && resource.physicalId === name);
  return {
    ...stack,
    ...modelsOf(stack, isOf),
    roles: stack.roles.filter(isRoleOf),
    nested: stack.nested.filter(({ path }) => logicalIds.has(path)),
    resources: stack.resources.filter(isOf),
    states: () => stack.states().filter(isOf),
  };
}

/** The stack that runs when an update has stopped half way: these resources as they shall be, the others as they were. */
export function mixOf(before: Stack, after: Stack, changed: ReadonlySet<string>): Stack {
  const others = new Set(before.resources.map(({ logicalId }) => logicalId).filter((id) => !changed.has(id)));
  const [kept, made] = [onlyOf(before, others), onlyOf(after, changed)];
  const models = noModels();
  for (const part of [kept, made]) addModels(models, part);
  return {
    ...before,
    ...models,
    nested: [...kept.nested, ...made.nested],
    resources: [...kept.resources, ...made.resources],
    states: () => [...kept.states(), ...made.states()],
  };
}
