import type { Need } from '../../../aws/operation.ts';
import type { Report } from '../../../facts.ts';
import type { EventSourceModel } from '../../../template/model.ts';
import { factOf } from './batch-invocation.ts';

/** Rights that change items (Service Authorization Reference, "Amazon DynamoDB"). */
const WRITES = new Set(
  [
    'BatchWriteItem',
    'DeleteItem',
    'PartiQLDelete',
    'PartiQLInsert',
    'PartiQLUpdate',
    'PutItem',
    'UpdateItem',
  ].map((action) => `dynamodb:${action}`),
);

/**
 * Notices functions that write to a table whose stream they read: what they write comes back to them, and Lambda stops such
 * a circle only between functions and SQS, SNS and S3 (Lambda guide, "Recursive loop detection"). Told once a function and table.
 */
export function selfFeeding({
  mappings,
  report,
}: {
  mappings(): Iterable<EventSourceModel>;
  report: Report;
}): (functionName: string, need: Need) => void {
  const told = new Set<string>();
  return (name, { action, resource: tableArn }) => {
    if (!WRITES.has(action)) return;
    const known = `${name} ${tableArn}`;
    if (told.has(known)) return;
    for (const model of mappings()) {
      const { functionName, sourceArn } = factOf(model);
      if (functionName !== name || !model.enabled || !sourceArn.startsWith(`${tableArn}/stream/`)) continue;
      told.add(known);
      report({ kind: 'source.feedsItself', sourceArn, functionName });
      return;
    }
  };
}
