import { randomBytes } from 'node:crypto';
import type { Place } from '../../../aws/arn.ts';
import { AwsError } from '../../../aws/errors.ts';
import type { JsonObject } from '../../../aws/json-object.ts';
import type { Members } from '../../../aws/members.ts';
import type { Need } from '../../../aws/operation.ts';
import { pageOf } from '../../../aws/page.ts';
import { type Operation, type OperationDescription, operationsOf } from '../../../aws/service.ts';
import type { ApiGateway } from '../apigateway.ts';
import type { HttpApi } from './http-api.ts';
import type { RestApis } from './rest-apis.ts';
import type { ApiKeys } from './rest-keys.ts';
import type { ServedApis } from './served-apis.ts';

/** The operations of both versions of API Gateway's own API work on these. */
export interface ManagementContext {
  place: Place;
  /** Of the loop: addresses of APIs begin with it. */
  endpoint: string;
  apis: ApiGateway['apis'];
  domains: ApiGateway['domains'];
  http: ServedApis<HttpApi>;
  rest: RestApis;
  keys: ApiKeys;
  /** Settings of the account that are kept and shown. */
  account: JsonObject;
  /** An OpenAPI definition in JSON or YAML, or why it is none. */
  parse(source: string): Record<string, unknown> | string;
  /** Epoch milliseconds. */
  now(): number;
}

const described = operationsOf<ManagementContext>();

/** An operation whose members are read by their names: its tables of members are many, and put together from others. */
export function operation(
  description: OperationDescription<Members, Members, ManagementContext>,
): Operation<ManagementContext> {
  return described(description);
}

/**
 * API Gateway's rights are HTTP methods on paths (service authorization reference, "Amazon API Gateway Management"): of `GET
 * /v2/apis/{ApiId}` it is `apigateway:GET` on `arn:aws:apigateway:<region>::/apis/<id>`.
 */
export function needsOf(route: string) {
  const [method = 'GET', target = ''] = route.split(' ');
  const [path = ''] = target.split('?');
  return (input: JsonObject, { place }: ManagementContext): Need[] => {
    const own = path.replace(/^\/v2/, '').replace(/\{(\w+)\}/g, (_all, name) => String(input[name] ?? '*'));
    return [
      {
        action: `apigateway:${method}`,
        resource: `arn:${place.partition}:apigateway:${place.region}::${own}`,
      },
    ];
  };
}

/** Ten small letters and digits, as API Gateway draws them. */
export function newId(length = 10): string {
  return [...randomBytes(length)].map((byte) => (byte % 36).toString(36)).join('');
}

export function notFound(message: string): AwsError {
  return new AwsError('NotFoundException', message, { status: 404 });
}

export function badRequest(message: string): AwsError {
  return new AwsError('BadRequestException', message, { status: 400 });
}

export function conflict(message: string): AwsError {
  return new AwsError('ConflictException', message, { status: 409 });
}

/** In LocalStack's record, tests/aws/services/apigateway/test_apigateway_api.snapshot.json, test_get_api_case_insensitive_host_headers and others. */
export function noApi(id: string, { place }: ManagementContext): AwsError {
  return notFound(`Invalid API identifier specified ${place.accountId}:${id}`);
}

/** One page of a list. */
export function pageFrom<Item>(
  items: readonly Item[],
  list: string,
  limit: number,
  token: string | undefined,
) {
  return pageOf(items, {
    list,
    limit,
    token: token === '' ? undefined : token,
    refusal: () => badRequest('Invalid NextToken specified'),
  });
}
