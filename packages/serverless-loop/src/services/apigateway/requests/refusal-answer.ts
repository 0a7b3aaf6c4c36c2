import type { ApiModel } from '../../../aws/api-model.ts';
import type { ApiAnswer, SignedRequest } from './api-request.ts';
import { type Refusal, wordsOf } from './refusal.ts';

/** The answer of a refusal, as the API's own gateway responses say, where it has any. */
export function refusalAnswer(refusal: Refusal, api: ApiModel, request: SignedRequest): ApiAnswer {
  const { status, message, errorType } = wordsOf(refusal, api.protocol);
  const own =
    api.gatewayResponses[refusal.kind] ?? api.gatewayResponses[status < 500 ? 'DEFAULT_4XX' : 'DEFAULT_5XX'];
  const member =
    api.protocol === 'URL' || (api.protocol === 'REST' && refusal.kind === 'ACCESS_DENIED')
      ? 'Message'
      : 'message';
  const [type = 'application/json', template] = Object.entries(own?.templates ?? {})[0] ?? [];
  const body =
    template === undefined
      ? JSON.stringify({ [member]: message })
      : filled(template, message, refusal, request);
  return {
    status: own?.status ?? status,
    headers: {
      'Content-Type': type,
      ...(api.protocol === 'REST' && { 'x-amzn-ErrorType': errorType }),
      ...own?.headers,
    },
    body,
  };
}

/** The variables of a gateway response's template (API Gateway guide, "Gateway responses", mapping). */
function filled(template: string, message: string | null, refusal: Refusal, request: SignedRequest): string {
  return template
    .replaceAll('$context.error.messageString', JSON.stringify(message))
    .replaceAll('$context.error.message', message ?? '')
    .replaceAll('$context.error.responseType', refusal.kind)
    .replaceAll('$context.requestId', request.requestId);
}
