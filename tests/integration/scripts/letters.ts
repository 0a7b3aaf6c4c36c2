import { randomUUID } from 'node:crypto';

/** An order that the creator takes. */
export const order = (more: Record<string, unknown> = {}) => ({
  customer: { name: 'Robin Example', email: 'robin@example.com' },
  snacks: [{ sku: 'pretzel', quantity: 2 }],
  delivery: { method: 'PICKUP', notes: 'Ring twice' },
  ...more,
});

/** An order as the table holds it. */
export const newItem = (orderId: string, createdAt: string) => ({
  ...order(),
  orderId,
  status: 'NEW',
  createdAt,
  history: [{ status: 'NEW', at: createdAt }],
});

/** Order Created, as EventBridge delivers it. */
export const orderCreated = (orderId: string, createdAt: string) => ({
  version: '0',
  id: randomUUID(),
  'detail-type': 'Order Created',
  source: 'serverless-snacks.orders',
  account: '000000000000',
  time: '2026-01-01T00:00:00Z',
  region: 'us-east-1',
  resources: [],
  detail: {
    metadata: { schemaVersion: '1', correlationId: randomUUID() },
    orderId,
    createdAt,
    deliveryMethod: 'PICKUP',
    snackCount: 1,
    totalQuantity: 2,
  },
});

/** The attributes of a rule's dead letter. */
export const ruleAttributes = (targetArn: string, more: Record<string, string> = {}) => ({
  RULE_ARN: 'arn:aws:events:us-east-1:000000000000:rule/orders/created',
  TARGET_ARN: targetArn,
  ERROR_CODE: 'NO_PERMISSIONS',
  ERROR_MESSAGE: 'not allowed',
  RETRY_ATTEMPTS: '0',
  ...more,
});

/** The record of an asynchronous invocation that failed. */
export const failureRecord = (functionArn: string, requestPayload: unknown, requestId = randomUUID()) => ({
  version: '1.0',
  timestamp: '2026-01-01T00:00:00.000Z',
  requestContext: { requestId, functionArn, condition: 'RetriesExhausted', approximateInvokeCount: 3 },
  requestPayload,
  responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
  responsePayload: { errorType: 'TimeoutError', errorMessage: 'took too long', trace: [] },
});
