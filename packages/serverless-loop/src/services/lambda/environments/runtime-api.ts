import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ResponseSink } from '../../../aws/response-sink.ts';
import { createServer } from '../../../http.ts';
import { outgoingProxy } from './outgoing-proxy.ts';
import { readAnswer, TOO_LARGE } from './runtime-answer.ts';
import { runtimeApiDoor } from './runtime-api-door.ts';

/** Hears what the process of an execution environment tells through the Runtime API. */
export interface RuntimeListener {
  /** It asks for an invocation: it is initialised, and done with the one before. */
  onNext(logBytes: number): void;
  onAnswer(answer: RuntimeAnswer): void;
  /** It tried to reach a host of AWS by the proxy. */
  onRefused(host: string): void;
}

export interface RuntimeAnswer {
  /** Undefined for an error of the initialisation. */
  requestId?: string;
  body: Buffer;
  /** Set for an error. */
  errorType?: string;
  /** The bytes that were logged before; 0 from a runtime that doesn't say. */
  logBytes: number;
}

/** An invocation as `next` hands it out. */
export interface RuntimeEvent {
  requestId: string;
  payload: Buffer;
  deadlineMs: number;
  invokedFunctionArn: string;
  traceHeader?: string;
  clientContext?: string;
  /** Takes the parts of a streamed answer, which is empty then. Absent: it comes whole. */
  sink?: ResponseSink;
}

export interface RuntimeApi {
  /** `127.0.0.1:<port>/<secret>`, for AWS_LAMBDA_RUNTIME_API: a port and a secret for each process. */
  address: string;
  secret: string;
  /** Variables for its program, which keep it from AWS. */
  proxies(environment: Record<string, string>): Record<string, string>;
  /** Answers the waiting `next`, or the one that comes. */
  offer(event: RuntimeEvent): void;
  /** The most memory that the process has said it used, or 0. */
  maxMemoryMB(): number;
  stop(): void;
}

/** 6 MB and a little (LocalStack's record, tests/aws/services/lambda_/test_lambda.snapshot.json: "exceeded maximum allowed payload size (6291556 bytes)"). */
export const MAX_RESPONSE_BYTES = 6_291_556;

const ROUTE =
  /^\/2018-06-01\/runtime\/(?:invocation\/(next)|invocation\/([^/]+)\/(response|error)|init\/(error))$/;

/** Serves Lambda's Runtime API 2018-06-01 (Lambda guide, "Using the Lambda runtime API") to one process. */
export async function startRuntimeApi(listener: RuntimeListener, takesPath = true): Promise<RuntimeApi> {
  let waiting: ServerResponse | undefined;
  let offered: RuntimeEvent | undefined;
  let isReadingBody = false;
  let afterBody: (() => void) | undefined;
  let maxMemoryKb = 0;

  const server = createServer();
  // A `next` waits as long as there is no work.
  server.requestTimeout = 0;
  server.headersTimeout = 0;
  server.keepAliveTimeout = 0;
  const door = runtimeApiDoor(await listen(server), takesPath);
  const proxy = outgoingProxy(server, door.secret, listener.onRefused);
  server.on('request', (request, response) => {
    if (proxy.takes(request, response)) return;
    const path = door.pathOf(request);
    if (path === undefined) return refuse(response, 403, 'Forbidden', 'This is not your Runtime API');
    const route = ROUTE.exec(path);
    const [, next, requestId] = route ?? [];
    maxMemoryKb = Math.max(maxMemoryKb, numberHeader(request, 'loop-max-memory-kb'));
    if (next) {
      // The answer and the request for the next invocation may come in one write: first things first.
      if (isReadingBody) afterBody = () => takeNext(request, response);
      else takeNext(request, response);
      return;
    }
    if (!route) return refuse(response, 404, 'NotFound', `No ${request.method} ${path} in the Runtime API`);
    isReadingBody = true;
    const sink = requestId === offered?.requestId ? offered?.sink : undefined;
    readAnswer(request, sink, (body, errorType) => {
      isReadingBody = false;
      maxMemoryKb = Math.max(maxMemoryKb, numberHeader(request, 'loop-max-memory-kb'));
      if (requestId !== undefined && requestId !== offered?.requestId) {
        refuse(response, 400, 'InvalidRequestID', `Invalid request ID ${requestId}`);
        runAfterBody();
        return;
      }
      offered = undefined;
      if (body.length <= MAX_RESPONSE_BYTES && errorType !== TOO_LARGE)
        response.writeHead(202, { 'Content-Length': 0 }).end();
      else
        refuse(
          response,
          413,
          'RequestEntityTooLarge',
          `Exceeded maximum allowed payload size (${MAX_RESPONSE_BYTES} bytes).`,
        );
      listener.onAnswer({
        body,
        logBytes: numberHeader(request, 'loop-log-bytes'),
        ...(requestId === undefined ? {} : { requestId }),
        ...(errorType === undefined ? {} : { errorType }),
      });
      runAfterBody();
    });
  });

  function runAfterBody(): void {
    const run = afterBody;
    afterBody = undefined;
    run?.();
  }

  function takeNext(request: IncomingMessage, response: ServerResponse): void {
    waiting = response;
    if (offered) hand(offered);
    else listener.onNext(numberHeader(request, 'loop-log-bytes'));
  }

  function hand(event: RuntimeEvent): void {
    waiting?.writeHead(200, eventHeaders(event)).end(event.payload);
    waiting = undefined;
  }

  return {
    address: door.address,
    secret: door.secret,
    proxies: proxy.variables,
    offer(event) {
      offered = event;
      hand(event);
    },
    maxMemoryMB: () => Math.ceil(maxMemoryKb / 1024),
    stop() {
      server.close();
      server.closeAllConnections();
    },
  };
}

function listen(server: ReturnType<typeof createServer>): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      if (address === null || typeof address === 'string') reject(new Error('the Runtime API has no port'));
      else resolve(address.port);
    });
  });
}

function eventHeaders(event: RuntimeEvent): Record<string, string> {
  return {
    'Content-Type': 'application/json',
    // Said outright, or node:http sends the body in chunks.
    'Content-Length': String(event.payload.length),
    'Lambda-Runtime-Aws-Request-Id': event.requestId,
    'Lambda-Runtime-Deadline-Ms': String(event.deadlineMs),
    'Lambda-Runtime-Invoked-Function-Arn': event.invokedFunctionArn,
    ...(event.traceHeader === undefined ? {} : { 'Lambda-Runtime-Trace-Id': event.traceHeader }),
    ...(event.clientContext === undefined
      ? {}
      : { 'Lambda-Runtime-Client-Context': asciiJson(event.clientContext) }),
  };
}

/**
 * The same JSON on one line and in ASCII, as a header must be. Not parsed and written again, for which it may be nested too
 * deep: line breaks of JSON stand between its tokens only, other characters than ASCII's within its strings.
 */
function asciiJson(text: string): string {
  return text
    .replace(/[\t\n\r]+/g, ' ')
    .replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function refuse(response: ServerResponse, status: number, errorType: string, errorMessage: string): void {
  const body = JSON.stringify({ errorType, errorMessage });
  response
    .writeHead(status, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) })
    .end(body);
}

function numberHeader(request: IncomingMessage, name: string): number {
  const value = Number(request.headers[name] ?? request.trailers[name] ?? 0);
  return Number.isFinite(value) ? value : 0;
}
