import type { PayloadParts } from '../payloads/context.ts';
import type { ApiAnswer } from '../requests/api-request.ts';
import { bodyMember } from './body-member.ts';
import { filledValue, partOf } from './parameter-value.ts';

/**
 * The answer of a backend or a function as an HTTP API's integration maps it by its status: headers appended, overwritten and removed,
 * and the status itself (API Gateway guide, "Transform API requests and responses for HTTP APIs in API Gateway", "Transforming API
 * responses"). A mapping whose source isn't there is none.
 */
export function withAnswerParameters(
  answer: ApiAnswer,
  parametersByStatus: Readonly<Record<string, Record<string, string>>>,
  parts: PayloadParts,
): ApiAnswer {
  const parameters = parametersByStatus[String(answer.status)];
  if (!parameters) return answer;
  const headers = { ...answer.headers };
  let { status } = answer;
  for (const [target, source] of Object.entries(parameters)) {
    const [, how, name] = /^(append|overwrite|remove):header\.(.+)$/.exec(target) ?? [];
    const value = how === 'remove' ? undefined : readValue(source, answer, parts);
    if (target === 'overwrite:statuscode') status = statusOf(value) ?? status;
    else if (how === 'remove' || value !== undefined) setHeader(headers, { how, name, value });
  }
  return { ...answer, status, headers };
}

function setHeader(
  headers: ApiAnswer['headers'],
  { how, name = '', value }: { how: string | undefined; name: string | undefined; value: string | undefined },
): void {
  const known = Object.keys(headers).find((each) => each.toLowerCase() === name.toLowerCase());
  const before = known === undefined ? [] : [headers[known] ?? []].flat();
  if (known !== undefined) delete headers[known];
  if (value === undefined) return;
  headers[known ?? name] = how === 'append' && before.length > 0 ? [...before, value] : value;
}

function readValue(source: string, { headers, body }: ApiAnswer, parts: PayloadParts): string | undefined {
  return filledValue(source, (expression) => {
    const [, header] = /^response\.header\.(.+)$/s.exec(expression) ?? [];
    if (header !== undefined) {
      const found = Object.entries(headers).find(([name]) => name.toLowerCase() === header.toLowerCase());
      return found && [found[1]].flat().join(',');
    }
    const [, path] = /^response\.body($|[.[].+)/s.exec(expression) ?? [];
    if (path === undefined) return partOf(expression, parts);
    const text = typeof body === 'string' ? body : Buffer.isBuffer(body) ? body.toString() : undefined;
    return text === undefined || path === '' ? text : bodyMember(text, `$${path}`);
  });
}

function statusOf(value: string | undefined): number | undefined {
  const status = Number(value);
  return Number.isInteger(status) && status >= 200 && status <= 599 ? status : undefined;
}
