import { randomUUID } from 'node:crypto';
import { formatArn } from '../../../aws/arn.ts';
import { AwsError } from '../../../aws/errors.ts';
import type { JsonObject, JsonOperation } from '../../../aws/operation.ts';
import { constraint, validationError } from '../errors.ts';
import { optionalChoice, optionalText, requiredText } from '../input.ts';
import { needOnStack } from '../needs.ts';
import { pageOf } from '../paging.ts';
import { iamCapabilityOf, requireCapability } from './capabilities.ts';
import {
  type ChangeSet,
  describeChangeSet,
  isExecuted,
  noSuchChangeSet,
  summarizeChangeSet,
} from './change-set.ts';
import type { Deployer } from './deployer.ts';
import { describeChanges } from './described-change.ts';
import { eventLog } from './event-log.ts';
import type { HeldStack } from './held-stack.ts';
import { isTrue, newStackName, ON_FAILURE, onFailureOf } from './request.ts';
import { changesAnything, refuseUnlessUpdatable, transformFault, type Wish, wishOf } from './stack-wish.ts';
import type { WriteContext } from './write-context.ts';

/** Of those that were executed so many are kept, for who asks for one by its ARN. */
const MOST_EXECUTED = 20;

/** CreateChangeSet takes the ARN of a stack that is there, and says so of a name that it doesn't take. */
const OR_ARN = '[a-zA-Z][-a-zA-Z0-9]*|arn:[-a-zA-Z0-9:/._+]*';

/** What AWS says instead when the template has a transform. */
const NO_UPDATES = 'No updates are to be performed.';

const NO_CHANGES =
  "The submitted information didn't contain changes. Submit different information to create a change set.";

/** What makes, shows, executes and drops change sets (API reference, "CreateChangeSet" and its like). */
export function changeSetOperations(context: WriteContext): Record<string, JsonOperation> {
  const operation = (
    name: string,
    handle: (input: JsonObject) => JsonObject | Promise<JsonObject>,
  ): [string, JsonOperation] => [name, { handle, needs: needOnStack(name, context.store) }];
  return Object.fromEntries([
    operation('CreateChangeSet', (input) => createChangeSet(input, context)),
    operation('DescribeChangeSet', (input) => {
      const { held, changeSet } = namedChangeSet(input, context);
      const changes = describeChanges(changeSet.next?.changes ?? [], isTrue(input, 'IncludePropertyValues'));
      const { page, ...more } = pageOf(input, `changes ${changeSet.id}`, changes);
      return { ...describeChangeSet(changeSet, held.record), Changes: page, ...more };
    }),
    operation('ListChangeSets', (input) => {
      const { record, changeSets } = context.deployer.get(requiredText(input, 'StackName'));
      // Those that are active (API reference, "ListChangeSets"): none that was executed.
      const active = changeSets.filter((changeSet) => !isExecuted(changeSet));
      const { page, ...more } = pageOf(input, `change sets ${record.id}`, active);
      return { Summaries: page.map((changeSet) => summarizeChangeSet(changeSet, record)), ...more };
    }),
    operation('ExecuteChangeSet', (input) => executeChangeSet(input, context)),
    operation('DeleteChangeSet', (input) => {
      const { held, changeSet } = namedChangeSet(input, context);
      held.changeSets = held.changeSets.filter((other) => other !== changeSet);
      return {};
    }),
  ]);
}

async function createChangeSet(input: JsonObject, context: WriteContext): Promise<JsonObject> {
  const { deployer, place, report } = context;
  const name = changeSetName(input);
  const wish = await wishOf(input, context, stackToChange(input, name, deployer));
  // Another call may have come first meanwhile.
  const existing = stackToChange(input, name, deployer);
  const held = existing ?? deployer.begin(newStackName(input, OR_ARN));
  const description = optionalText(input, 'Description');
  const changeSet: ChangeSet = {
    id: formatArn(place, 'cloudformation', `changeSet/${name}/${randomUUID()}`),
    name,
    createdAt: Date.now(),
    wish,
    onFailure: optionalChoice(input, 'OnStackFailure', ON_FAILURE),
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
function stackToChange(input: JsonObject, name: string, deployer: Deployer): HeldStack | undefined {
  const stackName = requiredText(input, 'StackName');
  const type = optionalChoice(input, 'ChangeSetType', ['CREATE', 'UPDATE', 'IMPORT']) ?? 'UPDATE';
  if (type === 'IMPORT') throw validationError('The loop imports no resources into stacks.');
  const existing = type === 'UPDATE' ? deployer.get(stackName) : deployer.find(stackName);
  if (type === 'UPDATE' && existing) refuseUnlessUpdatable(existing);
  if (type === 'CREATE' && existing && existing.record.status !== 'REVIEW_IN_PROGRESS')
    throw validationError(
      `Stack [${stackName}] already exists and cannot be created again with the changeSet [${name}].`,
    );
  if (existing?.changeSets.some((other) => other.name === name && !isExecuted(other)))
    throw new AwsError('AlreadyExistsException', `ChangeSet [${name}] already exists`);
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
      requireCapability(iamCapabilityOf(next.resources), wish.capabilities);
    if (changesAnything(held, next, wish))
      return { status: 'CREATE_COMPLETE', executionStatus: 'AVAILABLE', next };
  } catch (error) {
    statusReason = transformFault(error, wish.summary);
  }
  return { status: 'FAILED', statusReason, executionStatus: 'UNAVAILABLE' };
}

async function executeChangeSet(input: JsonObject, { deployer }: WriteContext): Promise<JsonObject> {
  const { held, changeSet } = namedChangeSet(input, { deployer });
  const { next, wish } = changeSet;
  if (changeSet.executionStatus !== 'AVAILABLE' || !next)
    throw new AwsError(
      'InvalidChangeSetStatus',
      `ChangeSet [${changeSet.id}] cannot be executed in its current status of [${changeSet.status}]`,
    );
  if (held.record.status !== 'REVIEW_IN_PROGRESS') refuseUnlessUpdatable(held);
  requireCapability(iamCapabilityOf(next.resources), wish.capabilities);
  // The others were told against what runs no more (API reference, "ExecuteChangeSet").
  held.changeSets = [...held.changeSets.filter(isExecuted).slice(-MOST_EXECUTED), changeSet];
  changeSet.executionStatus = 'EXECUTE_IN_PROGRESS';
  const onFailure =
    (input.DisableRollback === undefined && changeSet.onFailure) || onFailureOf(input, 'OnStackFailure');
  const change = deployer.change(held, next, wish, { onFailure, changeSetId: changeSet.id });
  void held.operation?.done.then(() => {
    changeSet.executionStatus = held.stack === next.stack ? 'EXECUTE_COMPLETE' : 'EXECUTE_FAILED';
  });
  await change;
  return {};
}

/** The template of the change set that a call names; undefined when it names none. */
export function changeSetTemplate(
  input: JsonObject,
  context: Pick<WriteContext, 'deployer'>,
): string | undefined {
  const named = optionalText(input, 'ChangeSetName');
  if (named === undefined) return undefined;
  if (optionalText(input, 'StackName') === undefined && !named.startsWith('arn:'))
    throw validationError('StackName is a required parameter.');
  return namedChangeSet(input, context).changeSet.wish.source;
}

/** By its ARN, or by its name with the stack's. */
function namedChangeSet(
  input: JsonObject,
  { deployer }: Pick<WriteContext, 'deployer'>,
): { held: HeldStack; changeSet: ChangeSet } {
  const nameOrId = requiredText(input, 'ChangeSetName');
  const stackName = optionalText(input, 'StackName');
  if (stackName === undefined && !nameOrId.startsWith('arn:'))
    throw validationError('StackName must be specified if ChangeSetName is not specified as an ARN.');
  const candidates = stackName === undefined ? deployer.list() : [deployer.get(stackName)];
  for (const held of candidates) {
    const changeSet = held.changeSets.findLast(({ id, name }) => id === nameOrId || name === nameOrId);
    if (changeSet) return { held, changeSet };
  }
  throw noSuchChangeSet(nameOrId);
}

function changeSetName(input: JsonObject): string {
  const name = requiredText(input, 'ChangeSetName');
  if (/^[A-Za-z][-A-Za-z0-9]{0,127}$/.test(name)) return name;
  throw constraint(
    `'${name}'`,
    'changeSetName',
    'Member must satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*',
  );
}
