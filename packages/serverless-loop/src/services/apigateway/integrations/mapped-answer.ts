import type { MockResponse } from '../../../aws/api-model.ts';
import type { PayloadParts } from '../payloads/context.ts';
import { requestContext1 } from '../payloads/format-1.ts';
import { type ApiAnswer, queryOf } from '../requests/api-request.ts';
import { Refusal } from '../requests/refusal.ts';
import { TemplateError } from '../velocity/syntax.ts';
import { type Filled, filledTemplate, type TemplateData } from './mapping-template.ts';

/** The answer of an integration as a template sees it. */
export interface IntegrationAnswer extends TemplateData {
  /** Of an HTTP backend. */
  headers?: readonly (readonly [name: string, value: string])[];
}

/**
 * Picks the response whose pattern meets what an integration said, or the default one, and makes the answer as it says (API Gateway
 * guide, "Set up an integration response in API Gateway"). Throws a Refusal where there is none.
 */
export function mapped(responses: readonly MockResponse[], said: string, data: IntegrationAnswer): ApiAnswer {
  const chosen =
    responses.find(
      ({ pattern }) => pattern !== undefined && new RegExp(`^(?:${pattern})$`, 's').test(said),
    ) ?? responses.find(({ pattern }) => pattern === undefined);
  if (!chosen)
    throw new Refusal('API_CONFIGURATION_ERROR', undefined, `no integration response is for ${said}`);
  const [[type, template] = ['application/json', undefined]] = Object.entries(chosen.templates);
  const { text, override } =
    template === undefined || template === ''
      ? { text: data.body, override: { headers: {} } }
      : filledOrRefused(template, data);
  const headers = Object.entries(chosen.headers).flatMap(([name, source]) => {
    const value = sourceOf(source, data);
    return value === undefined ? [] : [[name, value]];
  });
  const { status = chosen.status } = override;
  return {
    status,
    headers: { 'Content-Type': type, ...Object.fromEntries(headers), ...override.headers },
    body: text,
  };
}

/** A text, or `integration.response.header.X` and `integration.response.body.a` of what the integration answered. */
function sourceOf(source: string, data: IntegrationAnswer): string | undefined {
  const [, header] = /^integration\.response\.header\.(.+)$/.exec(source) ?? [];
  if (header !== undefined)
    return data.headers?.find(([name]) => name.toLowerCase() === header.toLowerCase())?.[1];
  const [, member] = /^integration\.response\.body(?:\.(.+))?$/.exec(source) ?? [];
  if (!source.startsWith('integration.response.body')) return source;
  if (member === undefined) return data.body;
  return filledOrRefused(`$input.path('$.${member.replaceAll("'", '')}')`, data).text;
}

export function templateData(parts: PayloadParts): TemplateData {
  const { request, parameters, headers, stage } = parts;
  return {
    body: request.body.toString(),
    parameters: {
      path: parameters,
      querystring: Object.fromEntries([...queryOf(request)].map(([name, all]) => [name, all.at(-1) ?? ''])),
      header: Object.fromEntries(headers),
    },
    // The answer's template finds there what the request's has noted.
    context: { ...requestContext1(parts), requestOverride: { header: {}, path: {}, querystring: {} } },
    stageVariables: stage.variables ?? {},
  };
}

/** Fills a template. Throws a Refusal where it can't. */
export function filledOrRefused(template: string, data: TemplateData): Filled {
  try {
    return filledTemplate(template, data);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const kind = error instanceof TemplateError ? 'API_CONFIGURATION_ERROR' : 'BAD_REQUEST_BODY';
    throw new Refusal(kind, undefined, reason);
  }
}
