import { AwsError } from '../../../aws/errors.ts';
import type { JsonObject, JsonOperation } from '../../../aws/operation.ts';
import { noStackNamed, validationError } from '../errors.ts';
import { optionalChoice, requiredText } from '../input.ts';
import { needOnStack } from '../needs.ts';
import { isDeleted } from '../stack-store.ts';
import { iamCapabilityOf, requireCapability } from './capabilities.ts';
import { type Deployer, declare } from './deployer.ts';
import { eventLog } from './event-log.ts';
import type { HeldStack } from './held-stack.ts';
import type { NextStack } from './reading.ts';
import { isTrue, newStackName, onFailureOf, textsIn } from './request.ts';
import { changesAnything, refuseUnlessUpdatable, transformFault, type Wish, wishOf } from './stack-wish.ts';
import type { WriteContext } from './write-context.ts';

/** What makes, changes and removes stacks at once (API reference, "CreateStack" and its like). */
export function stackWriteOperations(context: WriteContext): Record<string, JsonOperation> {
  const operation = (name: string, handle: JsonOperation['handle']): [string, JsonOperation] => [
    name,
    { handle, needs: needOnStack(name, context.store) },
  ];
  return Object.fromEntries([
    operation('CreateStack', (input) => createStack(input, context)),
    operation('UpdateStack', (input) => updateStack(input, context)),
    operation('DeleteStack', (input) => deleteStack(input, context)),
    operation('CancelUpdateStack', (input) => {
      const { record, operation: underWay } = context.deployer.get(requiredText(input, 'StackName'));
      if (record.status !== 'UPDATE_IN_PROGRESS')
        throw validationError(`CancelUpdateStack cannot be called from current stack status`);
      underWay?.cancel();
      return undefined;
    }),
    operation('UpdateTerminationProtection', (input) => {
      const named = requiredText(input, 'StackName');
      const { record } = context.deployer.get(named);
      if (isDeleted(record)) throw noStackNamed(named);
      requiredText(input, 'EnableTerminationProtection');
      record.terminationProtection = isTrue(input, 'EnableTerminationProtection');
      return { StackId: record.id };
    }),
  ]);
}

async function createStack(input: JsonObject, context: WriteContext): Promise<JsonObject> {
  const { deployer } = context;
  const name = newStackName(input);
  const onFailure = onFailureOf(input, 'OnFailure');
  refuseIfThere(name, deployer);
  const wish = await wishOf(input, context, undefined);
  // Another call may have come first meanwhile.
  refuseIfThere(name, deployer);
  requireExpansion(wish);
  // What is in review only becomes what the call says, and not what its change sets would make of it.
  const held = deployer.find(name) ?? deployer.begin(name);
  const next = planOrFault(held, wish, context);
  makeObsolete(held);
  declare(held.record, wish);
  held.record.terminationProtection = isTrue(input, 'EnableTerminationProtection');
  deployer.keep(held);
  if (typeof next === 'string') {
    const log = eventLog(held.record, context.report);
    log.stack('CREATE_IN_PROGRESS', 'User Initiated');
    held.record.deletedAt = Date.now();
    log.stack('ROLLBACK_IN_PROGRESS', `${next}. Rollback requested by user.`);
    log.stack('ROLLBACK_COMPLETE');
  } else await deployer.change(held, next, wish, { onFailure });
  return { StackId: held.record.id };
}

function refuseIfThere(name: string, deployer: Deployer): void {
  const held = deployer.find(name);
  if (held && held.record.status !== 'REVIEW_IN_PROGRESS')
    throw new AwsError('AlreadyExistsException', `Stack [${name}] already exists`);
}

async function updateStack(input: JsonObject, context: WriteContext): Promise<JsonObject> {
  const { deployer } = context;
  const held = deployer.get(requiredText(input, 'StackName'));
  refuseUnlessUpdatable(held);
  const wish = await wishOf(input, context, held);
  refuseUnlessUpdatable(held);
  requireExpansion(wish);
  const next = planOrFault(held, wish, context);
  if (typeof next === 'string') {
    const log = eventLog(held.record, context.report);
    log.stack('UPDATE_IN_PROGRESS', 'User Initiated');
    log.stack('UPDATE_ROLLBACK_IN_PROGRESS', next);
    log.stack('UPDATE_ROLLBACK_COMPLETE');
  } else {
    // A transform may give something else each time, and is run whatever there was before.
    const isTransformed = wish.summary.transforms.length > 0;
    if (!isTransformed && !changesAnything(held, next, wish))
      throw validationError('No updates are to be performed.');
    const isLeft = optionalChoice(input, 'DisableRollback', ['true', 'false']) === 'true';
    makeObsolete(held);
    await deployer.change(held, next, wish, { onFailure: isLeft ? 'DO_NOTHING' : 'ROLLBACK' });
  }
  return { StackId: held.record.id };
}

/** The change sets of a stack say what would become of it as it was. */
function makeObsolete({ changeSets }: HeldStack): void {
  for (const changeSet of changeSets)
    if (changeSet.executionStatus === 'AVAILABLE') changeSet.executionStatus = 'OBSOLETE';
}

/** A transform runs when the stack is made: then a caller who doesn't see its outcome first has to say that it may. */
function requireExpansion({ summary, capabilities }: Wish): void {
  if (summary.transforms.length > 0 && !capabilities.includes('CAPABILITY_AUTO_EXPAND'))
    throw new AwsError(
      'InsufficientCapabilitiesException',
      'Requires capabilities : [CAPABILITY_AUTO_EXPAND]',
    );
}

/** What is to be made, or the reason why the transform fails. */
function planOrFault(held: HeldStack, wish: Wish, { deployer }: WriteContext): NextStack | string {
  try {
    const next = deployer.plan(held, wish);
    requireCapability(iamCapabilityOf(next.resources), wish.capabilities);
    return next;
  } catch (error) {
    return transformFault(error, wish.summary);
  }
}

/** A stack that isn't there, or no more, is as good as deleted. */
async function deleteStack(input: JsonObject, { deployer }: WriteContext): Promise<undefined> {
  const held = deployer.find(requiredText(input, 'StackName'));
  if (!held || isDeleted(held.record)) return undefined;
  const { record } = held;
  if (record.terminationProtection)
    throw validationError(`Stack [${record.name}] cannot be deleted while TerminationProtection is enabled`);
  const retained = new Set(textsIn(input, 'RetainResources'));
  if (retained.size > 0 && record.status !== 'DELETE_FAILED')
    throw validationError(
      'Invalid operation on stack. RetainResources can be specified only for a stack in the DELETE_FAILED state.',
    );
  if (record.status === 'DELETE_IN_PROGRESS') return undefined;
  if (held.operation && record.status !== 'CREATE_IN_PROGRESS')
    throw validationError(`Stack [${record.id}] cannot be deleted while in status ${record.status}`);
  if (held.operation) {
    held.operation.cancel();
    await held.operation.done;
  }
  await deployer.remove(held, retained);
  return undefined;
}
