import { validationError } from '../errors.ts';
import { type ChangeSet, noSuchChangeSet } from './change-set.ts';
import type { Deployer } from './deployer.ts';
import type { HeldStack } from './held-stack.ts';

interface Named {
  ChangeSetName: string;
  StackName?: string;
}

/** By its ARN, or by its name with the stack's. */
export function namedChangeSet(
  { ChangeSetName: nameOrId, StackName: stackName }: Named,
  deployer: Deployer,
): { held: HeldStack; changeSet: ChangeSet } {
  if (stackName === undefined && !nameOrId.startsWith('arn:'))
    throw validationError('StackName must be specified if ChangeSetName is not specified as an ARN.');
  const candidates = stackName === undefined ? deployer.list() : [deployer.get(stackName)];
  for (const held of candidates) {
    const changeSet = held.changeSets.findLast(({ id, name }) => id === nameOrId || name === nameOrId);
    if (changeSet) return { held, changeSet };
  }
  throw noSuchChangeSet(nameOrId);
}

/** The template that a change set was made with. */
export function changeSetTemplate(
  nameOrId: string,
  stackName: string | undefined,
  { deployer }: { deployer: Deployer },
): string {
  if (stackName === undefined && !nameOrId.startsWith('arn:'))
    throw validationError('StackName is a required parameter.');
  const named = { ChangeSetName: nameOrId, ...(stackName !== undefined && { StackName: stackName }) };
  return namedChangeSet(named, deployer).changeSet.wish.source;
}
