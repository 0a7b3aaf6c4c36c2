// The parts of the Model Context Protocol's own library that the server uses. build.mjs makes one file of them and of all that
// they need, so that the package has no more dependencies for a server that few ask for.

export { Server } from '@modelcontextprotocol/sdk/server/index.js';
export { WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js';
export { CallToolRequestSchema, ListToolsRequestSchema } from '@modelcontextprotocol/sdk/types.js';
