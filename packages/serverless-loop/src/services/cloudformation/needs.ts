import type { JsonObject, Need } from '../../aws/operation.ts';
import type { StackStore } from './stack-store.ts';

/** The right to do an action on the stack that a call names, or on any where it names none. */
export function needOnStack(action: string, store: StackStore): (input: JsonObject) => Need[] {
  return ({ StackName: named }) => {
    const resource = typeof named === 'string' ? (store.find(named)?.id ?? named) : '*';
    return [{ action: `cloudformation:${action}`, resource }];
  };
}
