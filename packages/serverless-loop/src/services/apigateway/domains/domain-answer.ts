import type { ApiModel } from '../../../aws/api-model.ts';
import type { Report } from '../../../facts.ts';
import { extendedIdOf } from '../payloads/context.ts';
import type { ApiAnswer, SignedRequest } from '../requests/api-request.ts';
import type { ApiDomains } from './domains.ts';

export interface DomainAnswersOptions {
  domains: Pick<ApiDomains, 'choose'>;
  apiOf(id: string): ApiModel | undefined;
  answer(api: ApiModel, request: SignedRequest): Promise<ApiAnswer>;
  report: Report;
}

/** Leads a request to the API that a mapping of its domain names, and refuses one that no mapping takes. */
export function domainAnswers({ domains, apiOf, answer, report }: DomainAnswersOptions) {
  return async (domain: string, request: SignedRequest): Promise<ApiAnswer> => {
    const { mappings, chosen } = domains.choose(domain, request.path);
    const api = chosen && apiOf(chosen.mapping.apiId);
    if (chosen && api) {
      const { basePath, stage } = chosen.mapping;
      const mapped = { basePath, path: chosen.path, ...(stage !== undefined && { stage }) };
      return answer(api, { ...request, mapped });
    }
    const isHttp = mappings.length > 0 && mappings.every(({ apiId }) => apiOf(apiId)?.protocol === 'HTTP');
    const refusal = isHttp ? notFound(request) : forbidden(request);
    report({
      kind: 'request.answered',
      apiId: '',
      apiName: domain,
      protocol: isHttp ? 'HTTP' : 'REST',
      stage: '',
      method: request.method,
      routeKey: '',
      requestId: request.requestId,
      status: refusal.status,
      durationMs: 0,
      reason: chosen
        ? `the API ${chosen.mapping.apiId} of a mapping is not in this loop`
        : 'no mapping of this domain takes the path',
    });
    return refusal;
  };
}

/** A REST API's front says so of what it has no mapping for (AWS re:Post, "How do I troubleshoot HTTP 403 errors from API Gateway?"). */
function forbidden({ requestId }: SignedRequest): ApiAnswer {
  return {
    status: 403,
    headers: {
      'Content-Type': 'application/json',
      'x-amzn-ErrorType': 'ForbiddenException',
      'x-amzn-RequestId': requestId,
      'x-amz-apigw-id': extendedIdOf(requestId),
    },
    body: JSON.stringify({ message: 'Forbidden' }),
  };
}

/** An HTTP API's of what it has no route for (API Gateway guide, "Create routes for HTTP APIs"). */
function notFound({ requestId }: SignedRequest): ApiAnswer {
  return {
    status: 404,
    headers: { 'Content-Type': 'application/json', 'Apigw-Requestid': extendedIdOf(requestId) },
    body: JSON.stringify({ message: 'Not Found' }),
  };
}
