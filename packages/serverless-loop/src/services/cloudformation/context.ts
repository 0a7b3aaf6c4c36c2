import { formatArn, type Place } from '../../aws/arn.ts';
import { pageOf } from '../../aws/page.ts';
import { operationsOf } from '../../aws/service.ts';
import type { Report } from '../../facts.ts';
import type { Deployer } from './deploy/deployer.ts';
import { validationError } from './errors.ts';
import type { StackStore } from './stack-store.ts';
import type { TemplateSources } from './template-source.ts';

/** CloudFormation's operations work on these. */
export interface CloudFormationContext extends TemplateSources {
  store: StackStore;
  deployer: Deployer;
  place: Place;
  report: Report;
}

export const operation = operationsOf<CloudFormationContext>();

/** The stack that a call names, or any where it names none; one that isn't there has an id that nobody knows. */
export function ownStack(
  { StackName }: { StackName?: string },
  { store, place }: CloudFormationContext,
): readonly string[] {
  if (StackName === undefined) return ['*'];
  const known = store.find(StackName)?.id;
  if (known !== undefined || StackName.startsWith('arn:')) return [known ?? StackName];
  return [formatArn(place, 'cloudformation', `stack/${StackName}/*`)];
}

/** As many as most lists of CloudFormation give at once (API reference, "ListStackResources"). */
const PAGE_SIZE = 100;

/** One page of a list, as answers have it. */
export function page<Item>(
  items: readonly Item[],
  { NextToken: token }: { NextToken?: string },
  list: string,
): { items: Item[]; NextToken?: string } {
  const { items: some, nextToken } = pageOf(items, { list, limit: PAGE_SIZE, token, refusal: foreignToken });
  return { items: some, ...(nextToken !== undefined && { NextToken: nextToken }) };
}

function foreignToken() {
  return validationError('The NextToken is not one that this list gave.');
}
