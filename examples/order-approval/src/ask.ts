import { keepToken } from './open-orders.ts';

/** Asks for a decision on an order: here it only keeps the token; a message to people would go out from here. */
export async function handler({ orderId, token }: { orderId: string; token: string }): Promise<void> {
  await keepToken(orderId, token);
}
