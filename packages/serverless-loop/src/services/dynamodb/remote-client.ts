import type { IncomingMessage } from 'node:http';
import type { Place } from '../../aws/arn.ts';
import { AwsError } from '../../aws/errors.ts';
import { isObject, type JsonObject } from '../../aws/json-object.ts';
import { Agent, request as httpRequest } from '../../http.ts';

/** No DynamoDB answers at the URL that was given for it. */
export class DynamoDbUnreachableError extends Error {
  override readonly name = 'DynamoDbUnreachableError';
  readonly url: string;

  constructor(url: string, options: { cause: unknown }) {
    super(
      `No DynamoDB answers at ${url}: ${reasonOf(options.cause)}. Start DynamoDB Local there, or the loop without --dynamodb.`,
      options,
    );
    this.url = url;
  }
}

/** Node's error for a name of several addresses has no message, only a code; an abort has its reason for a cause. */
function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  if (cause.name === 'AbortError') return reasonOf(cause.cause);
  return cause.message || ('code' in cause ? String(cause.code) : cause.name);
}

export interface RemoteClient {
  /** Throws AwsError as DynamoDB gave it, DynamoDbUnreachableError when nothing answers. */
  send(operation: string, input: JsonObject, signal?: AbortSignal): Promise<JsonObject>;
  /** The same for an operation of DynamoDB Streams. */
  sendToStreams(operation: string, input: JsonObject, signal?: AbortSignal): Promise<JsonObject>;
  stop(): void;
}

/** DynamoDB Local keeps tables apart by key id and Region, and takes letters and digits only in a key id. */
const ACCESS_KEY_ID = 'localloop';

/** Sends calls to another DynamoDB endpoint that doesn't verify signatures. */
export function startRemoteClient(url: string, place: Place): RemoteClient {
  const agent = new Agent({ keepAlive: true });
  const headers = {
    'Content-Type': 'application/x-amz-json-1.0',
    Authorization: `AWS4-HMAC-SHA256 Credential=${ACCESS_KEY_ID}/20260101/${place.region}/dynamodb/aws4_request, SignedHeaders=host;x-amz-date;x-amz-target, Signature=${'0'.repeat(64)}`,
    'X-Amz-Date': '20260101T000000Z',
  };

  function post(target: string, body: string, signal: AbortSignal | undefined): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      const request = httpRequest(url, {
        agent,
        method: 'POST',
        headers: {
          ...headers,
          'X-Amz-Target': target,
          'Content-Length': Buffer.byteLength(body),
        },
        ...(signal ? { signal } : {}),
      });
      request.once('response', resolve).once('error', reject).end(body);
    });
  }

  async function send(target: string, input: JsonObject, signal?: AbortSignal): Promise<JsonObject> {
    const { status, text, isAws } = await receive(url, () => post(target, JSON.stringify(input), signal));
    const body = isAws ? parseBody(text) : undefined;
    if (!body)
      throw new DynamoDbUnreachableError(url, {
        cause: `something else does, with "${text.slice(0, 80)}"`,
      });
    if (status === 200) return body;
    throw errorOf(status, body);
  }

  return {
    send: (operation, input, signal) => send(`DynamoDB_20120810.${operation}`, input, signal),
    sendToStreams: (operation, input, signal) => send(`DynamoDBStreams_20120810.${operation}`, input, signal),
    stop: () => agent.destroy(),
  };
}

interface Answer {
  status: number;
  text: string;
  /** It has a request id, as every answer of an AWS service. */
  isAws: boolean;
}

async function receive(url: string, post: () => Promise<IncomingMessage>): Promise<Answer> {
  try {
    const response = await post();
    const chunks: Buffer[] = [];
    for await (const chunk of response) chunks.push(chunk);
    return {
      status: response.statusCode ?? 0,
      text: Buffer.concat(chunks).toString(),
      isAws: response.headers['x-amzn-requestid'] !== undefined,
    };
  } catch (cause) {
    throw new DynamoDbUnreachableError(url, { cause });
  }
}

/** No body is that of an operation without output, as TagResource. */
function parseBody(text: string): JsonObject | undefined {
  if (text === '') return {};
  try {
    const body: unknown = JSON.parse(text);
    return isObject(body) ? body : undefined;
  } catch {
    return undefined;
  }
}

function errorOf(status: number, { __type, message, Message, ...members }: JsonObject): AwsError {
  const code = String(__type).replace(/^.*#/, '');
  return new AwsError(code, String(message ?? Message ?? ''), { status, members });
}
