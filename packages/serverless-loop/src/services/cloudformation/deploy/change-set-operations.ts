import { randomUUID } from 'node:crypto';
import { formatArn } from '../../../aws/arn.ts';
import { AwsError } from '../../../aws/errors.ts';
import { boolean, list, oneOf, type Read, required, structure, text } from '../../../aws/members.ts';
import { type CloudFormationContext, operation, ownStack, page } from '../context.ts';
import { validationError } from '../errors.ts';
import { LISTED, NAMED, ON_FAILURE, SETTINGS, WISH } from '../shapes.ts';
import { iamCapabilityOf, requireCapability } from './capabilities.ts';
import {
  CHANGE_SET_SUMMARY,
  type ChangeSet,
  describeChangeSet,
  isExecuted,
  ownChanges,
  summarizeChangeSet,
} from './change-set.ts';
import type { Deployer } from './deployer.ts';
import { CHANGES, describeChanges } from './described-change.ts';
import { eventLog } from './event-log.ts';
import { changesAnything, deployedOf, type HeldStack, refuseUnlessUpdatable } from './held-stack.ts';
import { namedChangeSet } from './named-change-set.ts';
import { withNamedTexts } from './named-texts.ts';
import { newStackName, onFailureOf } from './new-stack.ts';
import { transformFault, type Wish, wishOf } from './stack-wish.ts';

/** Of those that were executed so many are kept, for who asks for one by its ARN. */
const MAX_EXECUTED = 20;

/** The reason that AWS gives when the template has a transform. */
const NO_UPDATES = 'No updates are to be performed.';

const NO_CHANGES =
  "The submitted information didn't contain changes. Submit different information to create a change set.";

const NEW_CHANGE_SET = {
  ...WISH,
  // CreateChangeSet takes the ARN of a stack that is there, and says so of a name that it doesn't take.
  StackName: required(text({ pattern: '[a-zA-Z][-a-zA-Z0-9]*|arn:[-a-zA-Z0-9:/._+]*' })),
  ChangeSetName: required(text({ max: 128, pattern: '[a-zA-Z][-a-zA-Z0-9]*' })),
  ChangeSetType: oneOf(['CREATE', 'UPDATE', 'IMPORT']),
  UsePreviousTemplate: boolean(),
  Description: text(),
  OnStackFailure: oneOf(ON_FAILURE),
} as const;

const CHANGE_SET = { ChangeSetName: required(text()), StackName: text() } as const;

/** Operations that make, show, execute and drop change sets (API reference, "CreateChangeSet" and its like). */
export const CHANGE_SET_OPERATIONS = {
  CreateChangeSet: operation({
    input: NEW_CHANGE_SET,
    output: { Id: text(), StackId: text() },
    needs: ownStack,
    handle: createChangeSet,
  }),
  DescribeChangeSet: operation({
    input: { ...CHANGE_SET, ...LISTED, IncludePropertyValues: boolean() },
    output: {
      ...CHANGE_SET_SUMMARY,
      ...SETTINGS,
      ...LISTED,
      OnStackFailure: text(),
      Changes: CHANGES,
    },
    needs: ownStack,
    handle(input, { deployer }) {
      const { held, changeSet } = namedChangeSet(input, deployer);
      const changes = describeChanges(ownChanges(changeSet), input.IncludePropertyValues === true);
      const { items, ...more } = page(changes, input, `changes ${changeSet.id}`);
      return { ...describeChangeSet(changeSet, held.record), Changes: items, ...more };
    },
  }),
  ListChangeSets: operation({
    input: { ...NAMED, ...LISTED },
    output: { ...LISTED, Summaries: list(structure(CHANGE_SET_SUMMARY)) },
    needs: ownStack,
    handle(input, { deployer }) {
      const { record, changeSets } = deployer.get(input.StackName);
      // Those that are active (API reference, "ListChangeSets"): none that was executed.
      const active = changeSets.filter((changeSet) => !isExecuted(changeSet));
      const { items, ...more } = page(active, input, `change sets ${record.id}`);
      return { Summaries: items.map((changeSet) => summarizeChangeSet(changeSet, record)), ...more };
    },
  }),
  ExecuteChangeSet: operation({
    input: { ...CHANGE_SET, DisableRollback: boolean() },
    output: {},
    needs: ownStack,
    handle: executeChangeSet,
  }),
  DeleteChangeSet: operation({
    input: CHANGE_SET,
    output: {},
    needs: ownStack,
    handle(input, { deployer }) {
      const { held, changeSet } = namedChangeSet(input, deployer);
      held.changeSets = held.changeSets.filter((other) => other !== changeSet);
      return {};
    },
  }),
};

async function createChangeSet(input: Read<typeof NEW_CHANGE_SET>, context: CloudFormationContext) {
  const { deployer, place, report } = context;
  const { ChangeSetName: name, Description: description } = input;
  const toChange = stackToChange(input, deployer);
  const wish = await withNamedTexts(
    await wishOf(input, context, deployedOf(toChange)),
    (whole) => deployer.plan(toChange ?? deployer.begin(newStackName(input.StackName)), whole),
    context,
  );
  // Another call may have come first meanwhile.
  const existing = stackToChange(input, deployer);
  const held = existing ?? deployer.begin(newStackName(input.StackName));
  const changeSet: ChangeSet = {
    id: formatArn(place, 'cloudformation', `changeSet/${name}/${randomUUID()}`),
    name,
    createdAt: Date.now(),
    wish,
    onFailure: input.OnStackFailure,
    ...(description !== undefined && { description }),
    ...outcomeOf(held, wish, deployer),
  };
  if (!existing) {
    deployer.keep(held);
    eventLog(held.record, report).stack('REVIEW_IN_PROGRESS', 'User Initiated');
  }
  held.changeSets.push(changeSet);
  return { Id: changeSet.id, StackId: held.record.id };
}

/** The stack that the change set is for; none for a new one. */
function stackToChange(
  { StackName, ChangeSetName, ChangeSetType: type = 'UPDATE' }: Read<typeof NEW_CHANGE_SET>,
  deployer: Deployer,
): HeldStack | undefined {
  if (type === 'IMPORT') throw validationError('The loop imports no resources into stacks.');
  const existing = type === 'UPDATE' ? deployer.get(StackName) : deployer.find(StackName);
  if (type === 'UPDATE' && existing) refuseUnlessUpdatable(existing);
  if (type === 'CREATE' && existing && existing.record.status !== 'REVIEW_IN_PROGRESS')
    throw validationError(
      `Stack [${StackName}] already exists and cannot be created again with the changeSet [${ChangeSetName}].`,
    );
  if (existing?.changeSets.some((other) => other.name === ChangeSetName && !isExecuted(other)))
    throw new AwsError('AlreadyExistsException', `ChangeSet [${ChangeSetName}] already exists`);
  return existing;
}
/** A template that its transform fails on makes a failed change set; any other mistake is the call's. */
function outcomeOf(
  held: HeldStack,
  wish: Wish,
  deployer: Deployer,
): Pick<ChangeSet, 'status' | 'statusReason' | 'executionStatus' | 'next'> {
  let statusReason = wish.summary.transforms.length > 0 ? NO_UPDATES : NO_CHANGES;
  try {
    const next = deployer.plan(held, wish);
    if (wish.summary.transforms.length === 0)
      requireCapability(iamCapabilityOf(next.stack), wish.capabilities);
    if (changesAnything(held, next, wish))
      return { status: 'CREATE_COMPLETE', executionStatus: 'AVAILABLE', next };
  } catch (error) {
    statusReason = transformFault(error, wish.summary);
  }
  return { status: 'FAILED', statusReason, executionStatus: 'UNAVAILABLE' };
}

async function executeChangeSet(
  input: Read<typeof CHANGE_SET> & { DisableRollback?: boolean },
  { deployer }: CloudFormationContext,
) {
  const { held, changeSet } = namedChangeSet(input, deployer);
  const { next, wish } = changeSet;
  if (changeSet.executionStatus !== 'AVAILABLE' || !next)
    throw new AwsError(
      'InvalidChangeSetStatus',
      `ChangeSet [${changeSet.id}] cannot be executed in its current status of [${changeSet.status}]`,
    );
  if (held.record.status !== 'REVIEW_IN_PROGRESS') refuseUnlessUpdatable(held);
  requireCapability(iamCapabilityOf(next.stack), wish.capabilities);
  // The others were told against what runs no more (API reference, "ExecuteChangeSet").
  held.changeSets = [...held.changeSets.filter(isExecuted).slice(-MAX_EXECUTED), changeSet];
  changeSet.executionStatus = 'EXECUTE_IN_PROGRESS';
  const { DisableRollback } = input;
  const onFailure =
    (DisableRollback === undefined && changeSet.onFailure) || onFailureOf({ DisableRollback });
  const change = deployer.change(held, next, wish, { onFailure, changeSetId: changeSet.id });
  void held.operation?.done.then(() => {
    changeSet.executionStatus = held.stack === next.stack ? 'EXECUTE_COMPLETE' : 'EXECUTE_FAILED';
  });
  await change;
  return {};
}
