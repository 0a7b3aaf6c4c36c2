import { type HeldKind, heldKind, named } from '../../template/held-kind.ts';
import type { ApiGateway } from './apigateway.ts';
import { domainsOf, mappingsOf } from './domains/domain-model.ts';

/** APIs and functions' URLs of stacks, each with all its routes and stages; custom domains and their mappings. */
export function apiGatewayHeldKinds({ apis, domains }: Pick<ApiGateway, 'apis' | 'domains'>): HeldKind[] {
  return [
    heldKind({
      partsOf: (stack) => named(stack.apis),
      has: ({ name }) => apis.has(name),
      add: apis.put,
      change: apis.put,
      remove: ({ name }) => apis.remove(name),
    }),
    heldKind({
      partsOf: (stack) => named(domainsOf(stack)),
      has: ({ name }) => domains.has(name),
      add: domains.put,
      change: domains.put,
      remove: ({ name }) => domains.remove(name),
    }),
    heldKind({
      partsOf: (stack) => named(mappingsOf(stack)),
      has: ({ name }) => domains.mappings.has(name),
      add: domains.mappings.put,
      change: domains.mappings.put,
      remove: ({ name }) => domains.mappings.remove(name),
    }),
  ];
}
