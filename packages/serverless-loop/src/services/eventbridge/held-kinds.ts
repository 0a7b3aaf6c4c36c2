import { parseArn } from '../../aws/arn.ts';
import { type HeldKind, heldAttachment, heldKind, named } from '../../template/held-kind.ts';
import { archivesOf } from './archives/archive-model.ts';
import type { EventBridge } from './eventbridge.ts';

/** Buses, rules and archives of stacks. */
export function eventBridgeHeldKinds({
  buses,
  rules,
  archives,
}: Pick<EventBridge, 'buses' | 'rules' | 'archives'>): HeldKind[] {
  return [
    heldKind({
      // A bus of another stack is that one's.
      partsOf: (stack) => named(stack.buses.filter(({ logicalId }) => !logicalId.includes('.'))),
      has: ({ name }) => buses.has(name),
      add: buses.add,
      change: buses.change,
      remove: buses.remove,
      runs(arn) {
        const { service, resource = '' } = parseArn(arn) ?? {};
        const name = /^event-bus\/(?<name>.+)$/.exec(resource)?.groups?.name;
        return service === 'events' && name !== undefined && buses.has(name) ? 'bus' : undefined;
      },
    }),
    heldKind({
      partsOf: (stack) =>
        stack.rules.map((model) => ({
          logicalId: model.logicalId,
          name: `${model.busName}|${model.name}`,
          model,
        })),
      has: rules.has,
      add: rules.put,
      change: rules.put,
      remove: rules.remove,
    }),
    heldAttachment('busPolicy', buses.putStatement, buses.removeStatement),
    heldKind({
      partsOf: (stack) => named(archivesOf(stack)),
      has: ({ name }) => archives.has(name),
      add: archives.add,
      change: archives.put,
      remove: ({ name }) => archives.remove(name),
    }),
  ];
}
