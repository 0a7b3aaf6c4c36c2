import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';

/** The order creator's answer, as far as it decides the status. */
export type OrderAnswer =
  | { accepted: true; orderId: string; duplicate: boolean }
  | { accepted: false; error: 'InvalidOrder' | 'IdempotencyConflict' };

export function statusOf(given: OrderAnswer): number {
  if (given.accepted) return given.duplicate ? 200 : 201;
  return given.error === 'InvalidOrder' ? 400 : 409;
}

export function answer(statusCode: number, body: object): APIGatewayProxyStructuredResultV2 {
  return { statusCode, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}
