import { AwsError } from '../../aws/errors.ts';
import type { Page, PageRequest } from '../../gateway/routes.ts';
import { moduleFile } from '../../package-folder.ts';
import type { ConsoleContext } from '../context.ts';
import { refuseUnknown } from '../endpoint.ts';
import { inputSchema } from './json-schema.ts';
import { endpointOf, MCP_TOOLS } from './tools.ts';

const INSTRUCTIONS =
  'A local loop runs an AWS application on this machine. Begin with list_resources. To find out why something did not happen: explain_event tells which field of a rule’s pattern failed; list_invocations and describe_invocation what a function did and logged; read_queue why a message is in a dead-letter queue. Then redrive_queue, once it is mended.';

const NO_TOKEN =
  'This changes something: the client must send the token that stands in the address which the start printed, as the header X-Loop-Token or as a bearer token.';

/**
 * Answers a request in the Model Context Protocol, "Streamable HTTP": each by itself, without a session, so that a client goes on
 * with a loop that was started again. `mayChange`: it has the loop's token.
 */
export async function answerMcp(
  context: ConsoleContext,
  request: PageRequest,
  mayChange: boolean,
): Promise<Page> {
  // There is nothing that the server would say by itself (specification, "Listening for Messages from the Server").
  if (request.method !== 'POST')
    return { status: 405, contentType: 'text/plain', headers: { Allow: 'POST' }, body: '' };
  const body = await request.read();
  if (body === 'too large') return { status: 413, contentType: 'text/plain', body: 'The body is too large.' };
  const { Server, WebStandardStreamableHTTPServerTransport, CallToolRequestSchema, ListToolsRequestSchema } =
    await loadSdk();
  const server = new Server(
    { name: 'serverless-loop', version: '1' },
    { capabilities: { tools: {} }, instructions: INSTRUCTIONS },
  );
  server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: describedTools() }));
  server.setRequestHandler(CallToolRequestSchema, ({ params: { name, arguments: given = {} } }) =>
    callTool(name, given, context, { mayChange, signal: request.signal }),
  );
  const transport = new WebStandardStreamableHTTPServerTransport({ enableJsonResponse: true });
  try {
    // Its own optional members may be undefined, which ours may not.
    await server.connect(Object.assign(transport, {}));
    const answer = await transport.handleRequest(asWebRequest(request, body));
    return {
      status: answer.status,
      contentType: answer.headers.get('content-type') ?? 'text/plain',
      headers: { 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' },
      body: await answer.text(),
    };
  } finally {
    await server.close();
  }
}

async function loadSdk(): Promise<typeof import('./sdk.ts')> {
  return import(moduleFile('console/mcp/sdk.ts'));
}

function describedTools() {
  return Object.entries(MCP_TOOLS).flatMap(([name, { destroys }]) => {
    const endpoint = endpointOf(name);
    if (!endpoint) return [];
    const { purpose, input, changes } = endpoint;
    return [
      {
        name,
        description: purpose,
        inputSchema: inputSchema(input),
        annotations: {
          readOnlyHint: !changes,
          ...(changes && { destructiveHint: destroys === true }),
          // All of it is on this machine.
          openWorldHint: false,
        },
      },
    ];
  });
}

async function callTool(
  name: string,
  given: Record<string, unknown>,
  context: ConsoleContext,
  { mayChange, signal }: { mayChange: boolean; signal: AbortSignal },
) {
  const endpoint = endpointOf(name);
  if (!endpoint) return failed(`There is no tool "${name}".`);
  if (endpoint.changes && !mayChange) return failed(NO_TOKEN);
  try {
    refuseUnknown(given, endpoint);
    const answer = await endpoint.answer(given, context, { signal, lastEventId: undefined });
    return { content: [{ type: 'text' as const, text: JSON.stringify(answer) }] };
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    return failed(`${error.code}: ${error.message}`);
  }
}

/** An error of a tool is an answer, which the model reads (specification, "Tools", Error Handling). */
function failed(text: string) {
  return { content: [{ type: 'text' as const, text }], isError: true };
}

function asWebRequest({ method, path, headers }: PageRequest, body: Buffer): Request {
  const given = Object.entries(headers).flatMap(([name, value]): [string, string][] =>
    typeof value === 'string' && !/^(?:host|connection|content-length|transfer-encoding)$/.test(name)
      ? [[name, value]]
      : [],
  );
  return new Request(`http://127.0.0.1${path}`, { method, headers: given, body: new Uint8Array(body) });
}
