import { Logger } from '@aws-lambda-powertools/logger';
import { Tracer } from '@aws-lambda-powertools/tracer';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { answer, type OrderAnswer, statusOf } from './answers.ts';

const logger = new Logger();
const client = new Tracer().captureAWSv3Client(new LambdaClient());

/** Hands an order to the order creator, which checks it, and answers with its answer. */
export const handler = async (
  event: Pick<APIGatewayProxyEventV2, 'body' | 'headers' | 'isBase64Encoded'>,
  context: Context,
): Promise<APIGatewayProxyStructuredResultV2> => {
  logger.addContext(context);
  const order = orderIn(event);
  if (order === undefined) return answer(400, { message: 'The body is no JSON object' });
  const { Payload = new Uint8Array(), FunctionError } = await client.send(
    new InvokeCommand({ FunctionName: process.env.ORDER_CREATOR, Payload: JSON.stringify(order) }),
  );
  const text = Buffer.from(Payload).toString();
  if (FunctionError !== undefined) {
    logger.error('order creator failed', { error: text });
    return answer(502, { message: 'The order was not taken; send it again' });
  }
  const taken: OrderAnswer = JSON.parse(text);
  return answer(statusOf(taken), taken);
};

/** The body, with the key that makes a request that is sent again the same order. */
function orderIn({ body, headers, isBase64Encoded }: Parameters<typeof handler>[0]): object | undefined {
  try {
    const text = isBase64Encoded ? Buffer.from(body ?? '', 'base64').toString() : (body ?? '');
    const order: unknown = JSON.parse(text);
    if (typeof order !== 'object' || order === null || Array.isArray(order)) return undefined;
    const idempotencyKey = headers['idempotency-key'];
    return { ...order, ...(idempotencyKey !== undefined && { idempotencyKey }) };
  } catch {
    return undefined;
  }
}
