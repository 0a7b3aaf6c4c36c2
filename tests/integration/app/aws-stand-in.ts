import { createServer, type Server } from 'node:http';
import { text } from 'node:stream/consumers';

export interface Call {
  /** The operation, such as `PutItem`. */
  operation: string;
  input: Record<string, unknown>;
  headers: Record<string, unknown>;
}

export interface Answer {
  status?: number;
  body: object;
}

/** The call is taken, and no answer ever comes. */
export const NO_ANSWER = 'no answer';

/**
 * An endpoint for the real SDK clients that answers every call as it is told to, and keeps the calls: for what an
 * adapter makes of AWS's answers, the rare ones above all.
 */
export async function startAwsStandIn(answer: (call: Call) => Answer | typeof NO_ANSWER) {
  const calls: Call[] = [];
  const server = createServer(async (request, response) => {
    const operation = String(request.headers['x-amz-target']).split('.')[1] ?? '';
    const call = { operation, input: JSON.parse(await text(request)), headers: request.headers };
    calls.push(call);
    const answered = answer(call);
    if (answered === NO_ANSWER) return;
    const { status = 200, body } = answered;
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: endpointOf(server),
    calls,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A write whose condition fails, as DynamoDB answers it when asked for ALL_OLD. */
export function conditionFailed(item?: object): Answer {
  return {
    status: 400,
    body: {
      __type: 'com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException',
      message: 'The conditional request failed',
      ...(item && { Item: item }),
    },
  };
}

/** The address of a listening server. */
export function endpointOf(server: Server): string {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('not listening on a port');
  return `http://127.0.0.1:${address.port}`;
}
