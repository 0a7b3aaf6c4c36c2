import { parseArn } from '../../aws/arn.ts';
import { type HeldKind, heldAttachment, heldKind, named } from '../../template/held-kind.ts';
import { archivesOf } from './archives/archive-model.ts';
import type { EventBridge } from './eventbridge.ts';
import { apiDestinationsOf } from './http/api-destinations.ts';
import { connectionsOf } from './http/connection.ts';

/** Connections, API destinations, buses, rules and archives of stacks. */
export function eventBridgeHeldKinds({
  buses,
  rules,
  archives,
  connections,
  apiDestinations,
}: Pick<EventBridge, 'buses' | 'rules' | 'archives' | 'connections' | 'apiDestinations'>): HeldKind[] {
  return [
    heldKind({
      partsOf: (stack) => named(connectionsOf(stack)),
      has: ({ name }) => connections.has(name),
      add: connections.put,
      change: connections.put,
      remove: ({ name }) => connections.remove(name),
    }),
    heldKind({
      partsOf: (stack) => named(apiDestinationsOf(stack)),
      has: ({ name }) => apiDestinations.has(name),
      add: apiDestinations.put,
      change: apiDestinations.put,
      remove: ({ name }) => apiDestinations.remove(name),
    }),
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
      partsOf: (stack) => named(stack.rules, ({ busName, name }) => `${busName}|${name}`),
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
