import { listOf, mapOf, wordMapOf, wordOf } from './plain.ts';

/** By status code of the backend's answer, what becomes of its headers and its status: `overwrite:statuscode: '403'`. */
export type ResponseParameters = Record<string, Record<string, string>>;

/** As calls and definitions have them: a map by status. */
export function responseParametersOf(given: unknown): ResponseParameters | undefined {
  return filled(Object.entries(mapOf(given)).map(([status, parameters]) => [status, wordMapOf(parameters)]));
}

/** As CloudFormation has them: lists of `Destination` and `Source` (template reference, "AWS::ApiGatewayV2::Integration ResponseParameterMap"). */
export function listedResponseParameters(given: unknown): ResponseParameters | undefined {
  return filled(
    Object.entries(mapOf(given)).map(([status, list]) => [
      status,
      Object.fromEntries(
        listOf(mapOf(list).ResponseParameters).map((each) => {
          const { Destination, Source } = mapOf(each);
          return [wordOf(Destination) ?? '', wordOf(Source) ?? ''];
        }),
      ),
    ]),
  );
}

function filled(entries: [string, Record<string, string>][]): ResponseParameters | undefined {
  const some = entries.filter(([, parameters]) => Object.keys(parameters).length > 0);
  return some.length === 0 ? undefined : Object.fromEntries(some);
}

/** "You can't configure request or response mappings for these headers" (API Gateway guide, "Transform API requests and responses for HTTP APIs in API Gateway", "Reserved headers"). */
const RESERVED =
  /^(?:access-control-.*|apigw-.*|authorization|connection|content-encoding|content-length|content-location|forwarded|keep-alive|origin|proxy-authenticate|proxy-authorization|te|trailers|transfer-encoding|upgrade|x-amz-.*|x-amzn-.*|x-forwarded-for|x-forwarded-host|x-forwarded-proto|via)$/i;
const REQUEST_KEY = /^(?:(?:append|overwrite|remove):(?:header|querystring)\..+|overwrite:path)$/;
const RESPONSE_KEY = /^(?:(?:append|overwrite|remove):header\..+|overwrite:statuscode)$/;

/** The reason why API Gateway takes no such mappings of an HTTP API; undefined where it does. */
export function mappingProblem(
  request: Readonly<Record<string, string>>,
  response: ResponseParameters = {},
): string | undefined {
  for (const key of Object.keys(request)) {
    const problem = keyProblem(key, REQUEST_KEY, 'Request');
    if (problem !== undefined) return problem;
  }
  for (const [status, parameters] of Object.entries(response)) {
    // "The selection key must be a valid HTTP status code within the range of 200-599" (API Gateway V2 API reference, "CreateIntegration").
    if (!/^[2-5]\d\d$/.test(status))
      return `Invalid selection key ${status}: expected a status code of 200 to 599`;
    for (const [key, source] of Object.entries(parameters)) {
      const problem = keyProblem(key, RESPONSE_KEY, 'Response');
      if (problem !== undefined) return problem;
      if (key === 'overwrite:statuscode' && /^\d*$/.test(source) && !/^[2-5]\d\d$/.test(source))
        return `Invalid status code ${source}`;
    }
  }
  return undefined;
}

function keyProblem(key: string, expected: RegExp, kind: string): string | undefined {
  const [, header] = /^\w+:header\.(.+)$/.exec(key) ?? [];
  if (header !== undefined && RESERVED.test(header)) return `Operations on header ${header} are restricted`;
  return expected.test(key) ? undefined : `Invalid ${kind} Actioned Parameter: ${key}`;
}
