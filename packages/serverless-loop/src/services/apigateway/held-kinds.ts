import { type HeldKind, heldKind, named } from '../../template/held-kind.ts';
import type { ApiGateway } from './apigateway.ts';

/** APIs and functions' URLs of stacks, each with all its routes and stages. */
export function apiGatewayHeldKinds({ apis }: Pick<ApiGateway, 'apis'>): HeldKind[] {
  return [
    heldKind({
      partsOf: (stack) => named(stack.apis),
      has: ({ name }) => apis.has(name),
      add: apis.put,
      change: apis.put,
      remove: ({ name }) => apis.remove(name),
    }),
  ];
}
