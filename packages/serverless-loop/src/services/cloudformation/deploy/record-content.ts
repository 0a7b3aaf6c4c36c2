import { randomUUID } from 'node:crypto';
import { formatArn, type Place } from '../../../aws/arn.ts';
import type { StackRecord } from '../stack-record.ts';
import type { NextStack } from './reading.ts';
import type { Wish } from './stack-wish.ts';
import { outputsOf, parametersOf } from './told-stack.ts';

/** The record of a stack of which nothing is there yet. */
export function newRecord(place: Place, name: string): StackRecord {
  return {
    id: formatArn(place, 'cloudformation', `stack/${name}/${randomUUID()}`),
    name,
    status: 'REVIEW_IN_PROGRESS',
    createdAt: Date.now(),
    parameters: [],
    outputs: [],
    tags: [],
    capabilities: [],
    disableRollback: false,
    terminationProtection: false,
    template: '',
    resources: [],
    events: [],
  };
}

/** Makes the record say what the template does. */
export function settle(record: StackRecord, next: NextStack, wish: Wish): void {
  declare(record, wish);
  record.parameters = parametersOf(next.stack);
  record.outputs = outputsOf(next.stack);
}

/** Makes the record say what a call brings. */
export function declare(record: StackRecord, { source, summary, tags, capabilities }: Wish): void {
  const { description } = summary;
  if (description === undefined) delete record.description;
  else record.description = description;
  record.template = source;
  record.tags = tags;
  record.capabilities = capabilities;
}
