import { AwsError } from '../../../aws/errors.ts';
import { boolean, list, oneOf, type Read, required, text } from '../../../aws/members.ts';
import { type CloudFormationContext, operation, ownStack } from '../context.ts';
import { noStackNamed, validationError } from '../errors.ts';
import { NAMED, ON_FAILURE, WISH } from '../shapes.ts';
import { isDeleted } from '../stack-store.ts';
import { iamCapabilityOf, requireCapability } from './capabilities.ts';
import type { Deployer } from './deployer.ts';
import { eventLog } from './event-log.ts';
import { changesAnything, deployedOf, type HeldStack, refuseUnlessUpdatable } from './held-stack.ts';
import { withNamedTexts } from './named-texts.ts';
import { NEW_STACK, onFailureOf } from './new-stack.ts';
import type { NextStack } from './reading.ts';
import { declare } from './record-content.ts';
import { transformFault, type Wish, wishOf } from './stack-wish.ts';

const STACK_ID = { StackId: text() } as const;

const NEW = {
  ...WISH,
  ...NEW_STACK,
  OnFailure: oneOf(ON_FAILURE),
  DisableRollback: boolean(),
  EnableTerminationProtection: boolean(),
} as const;

const CHANGED = { ...WISH, ...NAMED, UsePreviousTemplate: boolean(), DisableRollback: boolean() } as const;

const REMOVED = { ...NAMED, RetainResources: list(text()) } as const;

/** Operations that make, change and remove stacks at once (API reference, "CreateStack" and its like). */
export const STACK_WRITE_OPERATIONS = {
  CreateStack: operation({ input: NEW, output: STACK_ID, needs: ownStack, handle: createStack }),
  UpdateStack: operation({ input: CHANGED, output: STACK_ID, needs: ownStack, handle: updateStack }),
  DeleteStack: operation({ input: REMOVED, needs: ownStack, handle: deleteStack }),
  CancelUpdateStack: operation({
    input: NAMED,
    needs: ownStack,
    handle({ StackName }, { deployer }) {
      const { record, operation: underWay } = deployer.get(StackName);
      if (record.status !== 'UPDATE_IN_PROGRESS')
        throw validationError(`CancelUpdateStack cannot be called from current stack status`);
      underWay?.cancel();
      return {};
    },
  }),
  UpdateTerminationProtection: operation({
    input: { ...NAMED, EnableTerminationProtection: required(boolean()) },
    output: STACK_ID,
    needs: ownStack,
    handle({ StackName, EnableTerminationProtection }, { deployer }) {
      const { record } = deployer.get(StackName);
      if (isDeleted(record)) throw noStackNamed(StackName);
      record.terminationProtection = EnableTerminationProtection;
      return { StackId: record.id };
    },
  }),
};

async function createStack(input: Read<typeof NEW>, context: CloudFormationContext) {
  const { deployer } = context;
  const { StackName: name } = input;
  const onFailure = onFailureOf(input);
  refuseIfThere(name, deployer);
  const wish = await wholeWish(input, context, deployer.find(name) ?? deployer.begin(name));
  // Another call may have come first meanwhile.
  refuseIfThere(name, deployer);
  requireExpansion(wish);
  // A stack that is only in review becomes what the call says, and not what its change sets would make of it.
  const held = deployer.find(name) ?? deployer.begin(name);
  const next = planOrFault(held, wish, context);
  makeObsolete(held);
  declare(held.record, wish);
  held.record.terminationProtection = input.EnableTerminationProtection === true;
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

async function wholeWish(
  input: Read<typeof CHANGED>,
  context: CloudFormationContext,
  held: HeldStack,
): Promise<Wish> {
  const wish = await wishOf(input, context, deployedOf(held));
  return withNamedTexts(wish, (whole) => context.deployer.plan(held, whole), context);
}

function refuseIfThere(name: string, deployer: Deployer): void {
  const held = deployer.find(name);
  if (held && held.record.status !== 'REVIEW_IN_PROGRESS')
    throw new AwsError('AlreadyExistsException', `Stack [${name}] already exists`);
}

async function updateStack(input: Read<typeof CHANGED>, context: CloudFormationContext) {
  const { deployer } = context;
  const held = deployer.get(input.StackName);
  refuseUnlessUpdatable(held);
  const wish = await wholeWish(input, context, held);
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
    const { DisableRollback: isLeft = false } = input;
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

/** The stack that is to be made, or the reason why the transform fails. */
function planOrFault(held: HeldStack, wish: Wish, { deployer }: CloudFormationContext): NextStack | string {
  try {
    const next = deployer.plan(held, wish);
    requireCapability(iamCapabilityOf(next.stack), wish.capabilities);
    return next;
  } catch (error) {
    return transformFault(error, wish.summary);
  }
}

/** A stack that isn't there, or no more, is as good as deleted. */
async function deleteStack(input: Read<typeof REMOVED>, { deployer }: CloudFormationContext) {
  const held = deployer.find(input.StackName);
  if (!held || isDeleted(held.record)) return {};
  const { record } = held;
  if (record.terminationProtection)
    throw validationError(`Stack [${record.name}] cannot be deleted while TerminationProtection is enabled`);
  const retained = new Set(input.RetainResources);
  if (retained.size > 0 && record.status !== 'DELETE_FAILED')
    throw validationError(
      'Invalid operation on stack. RetainResources can be specified only for a stack in the DELETE_FAILED state.',
    );
  if (record.status === 'DELETE_IN_PROGRESS') return {};
  if (held.operation && record.status !== 'CREATE_IN_PROGRESS')
    throw validationError(`Stack [${record.id}] cannot be deleted while in status ${record.status}`);
  if (held.operation) {
    held.operation.cancel();
    await held.operation.done;
  }
  await deployer.remove(held, retained);
  return {};
}
