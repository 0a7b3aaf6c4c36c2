import type { ApiModel, GatewayResponseModel } from '../../../aws/api-model.ts';
import { identityOf } from '../access/identity.ts';
import type { PayloadParts } from '../payloads/context.ts';
import { requestContext1 } from '../payloads/format-1.ts';
import type { ApiAnswer, SignedRequest } from './api-request.ts';
import { type Refusal, wordsOf } from './refusal.ts';

/** The answer of a refusal, as the API's own gateway responses say, where it has any; `parts` as far as they are known. */
export function refusalAnswer(
  refusal: Refusal,
  api: ApiModel,
  request: SignedRequest,
  parts: Partial<PayloadParts> = {},
): ApiAnswer {
  const { status, message, errorType } = wordsOf(refusal, api.protocol);
  const own =
    api.gatewayResponses[refusal.kind] ?? api.gatewayResponses[status < 500 ? 'DEFAULT_4XX' : 'DEFAULT_5XX'];
  const member =
    api.protocol === 'URL' || (api.protocol === 'REST' && refusal.kind === 'ACCESS_DENIED')
      ? 'Message'
      : 'message';
  const filled = own && filledResponse(own, variables(refusal, message, { ...parts, api, request }));
  return {
    status: own?.status ?? status,
    headers: {
      'Content-Type': filled?.type ?? 'application/json',
      // Of a URL: LocalStack's record, tests/aws/services/lambda_/test_lambda.snapshot.json, test_lambda_url_persists_after_alias_delete.
      ...((api.protocol === 'REST' || (api.protocol === 'URL' && refusal.kind === 'ACCESS_DENIED')) && {
        'x-amzn-ErrorType': errorType,
      }),
      ...(refusal.known.challenge !== undefined && { 'www-authenticate': refusal.known.challenge }),
      ...filled?.headers,
    },
    body: filled?.body ?? JSON.stringify({ [member]: message }),
  };
}

/** The value of `context.requestId`, `stageVariables.x`, `method.request.header.X`; undefined where there is none. */
type Variables = (name: string) => string | undefined;

/**
 * Headers come from a text in single quotes or from a variable; a template's variables are filled in, and Velocity is no part of it (API
 * Gateway guide, "Gateway responses for REST APIs in API Gateway").
 */
function filledResponse({ headers, templates }: GatewayResponseModel, valueOfVariable: Variables) {
  const [type, template] = Object.entries(templates)[0] ?? [];
  const body = template?.replaceAll(
    /\$((?:context|stageVariables|method\.request)(?:\.[\w-]+)+)/g,
    (_whole, name: string) => valueOfVariable(name) ?? '',
  );
  const values = Object.entries(headers).flatMap(([name, source]) => {
    const value = /^'(.*)'$/s.exec(source)?.[1] ?? valueOfVariable(source);
    return value === undefined ? [] : [[name, value]];
  });
  return { type, body, headers: Object.fromEntries(values) };
}

/** The same guide, "Variables for data transformations for API Gateway": those of a request's context, and of its error. */
function variables(
  { kind, known }: Refusal,
  message: string | null,
  parts: Partial<PayloadParts> & Pick<PayloadParts, 'api' | 'request'>,
): Variables {
  const { request } = parts;
  const { authorizer = parts.authorizer, validationErrorString } = known;
  const stage = parts.stage ?? { name: '' };
  const context = {
    ...requestContext1({
      route: { method: request.method, path: '', auth: { kind: 'none' }, needsApiKey: false },
      path: request.path,
      parameters: {},
      accountId: '',
      headers: request.headers,
      ...parts,
      ...(authorizer && { authorizer }),
      stage,
    }),
    error: {
      message,
      messageString: message === null ? undefined : JSON.stringify(message),
      responseType: kind,
      validationErrorString,
    },
  };
  return (name) => {
    const parameter = /^method\.request\.path\.(.+)$/.exec(name)?.[1];
    return parameter === undefined
      ? identityOf(name, request, stage, context)
      : parts.parameters?.[parameter];
  };
}
