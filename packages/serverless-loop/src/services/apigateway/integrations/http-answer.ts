import type { IntegrationModel } from '../../../aws/api-model.ts';
import { HOP_BY_HOP } from '../payloads/answer-headers.ts';
import type { PayloadParts } from '../payloads/context.ts';
import { type ApiAnswer, headerOf } from '../requests/api-request.ts';
import { Refusal } from '../requests/refusal.ts';
import { callBackend } from './backend-call.ts';
import { filledOrRefused, mapped, templateData } from './mapped-answer.ts';
import { type Mapped, mappedParameters } from './request-values.ts';

type HttpIntegration = Extract<IntegrationModel, { kind: 'http' }>;

/** Answers with what an HTTP backend says, as it is or as the integration maps it. Rejects with a Refusal. */
export async function httpAnswer(
  integration: HttpIntegration,
  parts: PayloadParts,
  callableHosts: readonly string[],
): Promise<ApiAnswer> {
  const { api, request } = parts;
  const parameters = mappedParameters(integration.parameters, parts);
  const data = templateData(parts);
  const type = (headerOf(request, 'content-type') ?? 'application/json').split(';', 1)[0]?.trim() ?? '';
  const template = integration.isProxy ? undefined : integration.requestTemplates[type];
  const answer = await callBackend(
    {
      url: urlOf(integration, parts, parameters),
      method: integration.method === 'ANY' ? request.method : integration.method,
      headers: headersFor(integration, parts, parameters),
      body: template === undefined ? request.body : Buffer.from(filledOrRefused(template, data).text),
      timeoutMs: integration.timeoutMs,
    },
    callableHosts,
    api.protocol,
  );
  if (integration.isProxy)
    return { status: answer.status, headers: grouped(answer.headers), body: answer.body };
  return mapped(integration.responses, String(answer.status), {
    ...data,
    body: answer.body.toString(),
    headers: answer.headers,
  });
}

/** The endpoint with the path's parameters in their places, and all parameters of the query. */
function urlOf({ uri, isProxy }: HttpIntegration, parts: PayloadParts, parameters: readonly Mapped[]): URL {
  const { api, request, stage } = parts;
  const inPath = new Map(
    // An HTTP API fills in what its route's path names; a REST API only what is mapped.
    api.protocol === 'HTTP' ? Object.entries(parts.parameters) : [],
  );
  for (const { place, name, values } of parameters) if (place === 'path') inPath.set(name, values.join(','));
  const whole = uri
    .replaceAll(/\$\{stageVariables\.(\w+)\}/g, (_whole, name: string) => stage.variables?.[name] ?? '')
    .replaceAll(/\{([\w.+-]+)\}/g, (as, name: string) => inPath.get(name.replace(/\+$/, '')) ?? as);
  let url: URL;
  try {
    url = new URL(/^https?:\/\//i.test(whole) ? whole : `http://${whole}`);
  } catch {
    throw new Refusal('API_CONFIGURATION_ERROR', undefined, `${whole} is no endpoint`);
  }
  const newPath = inPath.get('');
  if (newPath !== undefined) url.pathname = newPath;
  const queries = parameters.filter(({ place }) => place === 'querystring');
  for (const { name, values, how } of queries) {
    if (how !== 'append') url.searchParams.delete(name);
    for (const value of values) url.searchParams.append(name, value);
  }
  if (isProxy) {
    const replaced = new Set(queries.filter(({ how }) => how !== 'append').map(({ name }) => name));
    for (const [name, value] of new URLSearchParams(request.query))
      if (!replaced.has(name)) url.searchParams.append(name, value);
  }
  return url;
}

/** Keeps of the request's headers, where the integration is no proxy, only those that are mapped. */
function headersFor(
  { isProxy }: HttpIntegration,
  { api, request, headers }: PayloadParts,
  parameters: readonly Mapped[],
): [string, string][] {
  const ofHeaders = parameters.filter(({ place }) => place === 'header');
  const replaced = new Set(
    ofHeaders.filter(({ how }) => how !== 'append').map(({ name }) => name.toLowerCase()),
  );
  const kept = isProxy
    ? headers.filter(([name]) => !HOP_BY_HOP.has(name.toLowerCase()))
    : [
        ['Accept', 'application/json'] as const,
        ['Content-Type', headerOf(request, 'content-type') ?? 'application/json'] as const,
        ['User-Agent', `AmazonAPIGateway_${api.name}`] as const,
      ];
  return [
    ...kept
      .filter(([name]) => !replaced.has(name.toLowerCase()))
      .map(([name, value]): [string, string] => [name, value]),
    ...(api.protocol === 'REST' ? [['X-Amzn-Apigateway-Api-Id', api.name] satisfies [string, string]] : []),
    ...ofHeaders.flatMap(({ name, values }) => values.map((value): [string, string] => [name, value])),
  ];
}

function grouped(headers: readonly (readonly [string, string])[]): Record<string, string | string[]> {
  const all = new Map<string, string[]>();
  for (const [name, value] of headers) all.set(name, [...(all.get(name) ?? []), value]);
  return Object.fromEntries(
    [...all].map(([name, values]) => [name, values.length === 1 ? (values[0] ?? '') : values]),
  );
}
