import { randomBytes } from 'node:crypto';
import type { ApiModel } from '../../../aws/api-model.ts';
import { list, oneOf, type Read, required, structure, text, type Written } from '../../../aws/members.ts';
import type { FunctionModel } from '../../../template/model.ts';
import { type FunctionUrl, type UrlSettings, urlModel } from '../function-urls.ts';
import { qualifiedArn } from '../qualifier.ts';
import type { Deployment } from './api-configuration.ts';
import { functionArn, functionOf, notFound } from './api-function-lookup.ts';
import { type LambdaContext, operation } from './context.ts';
import { conflict } from './function-errors.ts';
import { listPage, SHORT_PAGE_INPUT } from './list-page.ts';
import { CORS, FUNCTION, URL_CONFIG } from './shapes.ts';

const OF_URL = {
  ...FUNCTION,
  // A version has no URL, and `$LATEST` that of the function (LocalStack's record, test_lambda_api.snapshot.json, test_url_config_exceptions).
  Qualifier: text({ at: 'query', min: 1, max: 128, pattern: '((?!^\\d+$)^[0-9a-zA-Z-_]+$)' }),
} as const;

const AUTH_TYPE = oneOf(['NONE', 'AWS_IAM']);
const INVOKE_MODE = oneOf(['BUFFERED', 'RESPONSE_STREAM']);
/** Of a URL that was just made nothing can have been modified. */
const { LastModifiedTime: _, ...MADE } = URL_CONFIG;

/** The operations on functions' URLs. */
export const URL_OPERATIONS = {
  GetFunctionUrlConfig: operation({
    route: 'GET /2021-10-31/functions/{FunctionName}/url',
    input: OF_URL,
    output: URL_CONFIG,
    needs: functionArn,
    handle(input, context) {
      const { fn, qualifier } = functionOf(input, context, noUrl);
      return urlConfig(urlOf(qualifiedArn(fn, qualifier), context), context.deployment);
    },
  }),

  CreateFunctionUrlConfig: operation({
    route: 'POST /2021-10-31/functions/{FunctionName}/url',
    status: 201,
    input: { ...OF_URL, AuthType: required(AUTH_TYPE), Cors: CORS, InvokeMode: INVOKE_MODE },
    output: MADE,
    needs: functionArn,
    handle(input, context) {
      const { fn, qualifier } = functionOf(input, context, () => notFound('Function does not exist'));
      const arn = qualifiedArn(fn, qualifier);
      if (context.urls().some(({ functionArn: other }) => other === arn))
        // In these words (the same record, test_url_config_lifecycle).
        throw conflict(
          `Failed to create function url config for [functionArn = ${arn}]. Error message:  FunctionUrlConfig exists for this Lambda function`,
        );
      context.apis.put(
        newUrl(fn, arn, withUrlSettings({ authType: 'NONE', invokeMode: 'BUFFERED' }, input), context),
      );
      const { LastModifiedTime: _, ...made } = urlConfig(urlOf(arn, context), context.deployment);
      return made;
    },
  }),

  UpdateFunctionUrlConfig: operation({
    route: 'PUT /2021-10-31/functions/{FunctionName}/url',
    input: { ...OF_URL, AuthType: AUTH_TYPE, Cors: CORS, InvokeMode: INVOKE_MODE },
    output: URL_CONFIG,
    needs: functionArn,
    handle(input, context) {
      const { fn, qualifier } = functionOf(input, context, noUrl);
      const arn = qualifiedArn(fn, qualifier);
      const { id, ...before } = urlOf(arn, context);
      const api = context.apis.list().find(({ name }) => name === id);
      const next = newUrl(fn, arn, withUrlSettings(before, input), context);
      const { createdAt = context.deployment.deployedAt } = before;
      if (api)
        context.apis.put({
          ...next,
          name: id,
          logicalId: api.logicalId,
          times: { createdAt, changedAt: context.now() },
        });
      return urlConfig(urlOf(arn, context), context.deployment);
    },
  }),

  DeleteFunctionUrlConfig: operation({
    route: 'DELETE /2021-10-31/functions/{FunctionName}/url',
    status: 204,
    input: OF_URL,
    needs: functionArn,
    handle(input, context) {
      const { fn, qualifier } = functionOf(input, context, noUrl);
      context.apis.remove(urlOf(qualifiedArn(fn, qualifier), context).id);
      return {};
    },
  }),

  ListFunctionUrlConfigs: operation({
    route: 'GET /2021-10-31/functions/{FunctionName}/urls',
    input: { ...FUNCTION, ...SHORT_PAGE_INPUT },
    output: { FunctionUrlConfigs: required(list(structure(URL_CONFIG))), NextMarker: text() },
    needs: functionArn,
    handle(input, context) {
      // In these words, and no others (the same record, test_url_config_list_paging).
      const { fn } = functionOf(input, context, () => notFound('Function does not exist'));
      const urls = context
        .urls()
        .filter(({ functionArn: arn }) => arn === fn.arn || arn.startsWith(`${fn.arn}:`));
      const { items, nextToken } = listPage(urls, `URLs of ${fn.name}`, input, ({ url }) => url);
      return {
        FunctionUrlConfigs: items.map((url) => urlConfig(url, context.deployment)),
        NextMarker: nextToken,
      };
    },
  }),
};

function urlOf(arn: string, { urls }: LambdaContext): FunctionUrl {
  const found = urls().find((url) => url.functionArn === arn);
  if (!found) throw noUrl();
  return found;
}

interface GivenUrl {
  AuthType?: UrlSettings['authType'];
  InvokeMode?: UrlSettings['invokeMode'];
  Cors?: Read<(typeof CORS)['members']>;
}

/** An empty configuration of CORS takes it away (Lambda API reference, "UpdateFunctionUrlConfig"). */
function withUrlSettings(before: UrlSettings, { AuthType, InvokeMode, Cors }: GivenUrl): UrlSettings {
  const cors = Cors && Object.keys(Cors).length > 0 ? corsOf(Cors) : Cors ? undefined : before.cors;
  return {
    authType: AuthType ?? before.authType,
    invokeMode: InvokeMode ?? before.invokeMode,
    ...(cors && { cors }),
  };
}

function corsOf(given: NonNullable<GivenUrl['Cors']>): NonNullable<UrlSettings['cors']> {
  const { MaxAge: maxAgeSeconds } = given;
  return {
    allowOrigins: given.AllowOrigins ?? [],
    allowMethods: given.AllowMethods ?? [],
    allowHeaders: given.AllowHeaders ?? [],
    exposeHeaders: given.ExposeHeaders ?? [],
    allowCredentials: given.AllowCredentials ?? false,
    ...(maxAgeSeconds !== undefined && { maxAgeSeconds }),
  };
}

function newUrl(fn: FunctionModel, arn: string, settings: UrlSettings, { now }: LambdaContext): ApiModel {
  const id = randomBytes(16).toString('hex');
  return urlModel({ logicalId: id, name: id, title: fn.name }, arn, { ...settings, createdAt: now() });
}

/** The same where there is no such function. */
function noUrl() {
  return notFound('The resource you requested does not exist.');
}

function urlConfig(
  { functionArn: FunctionArn, url, authType, cors, invokeMode, ...times }: FunctionUrl,
  { deployedAt }: Deployment,
): Written<typeof URL_CONFIG> {
  const { createdAt = deployedAt, changedAt = createdAt } = times;
  return {
    FunctionUrl: url,
    FunctionArn,
    AuthType: authType,
    CreationTime: new Date(createdAt).toISOString(),
    LastModifiedTime: new Date(changedAt).toISOString(),
    ...(cors && {
      Cors: {
        AllowCredentials: cors.allowCredentials,
        AllowHeaders: cors.allowHeaders,
        AllowMethods: cors.allowMethods,
        AllowOrigins: cors.allowOrigins,
        ExposeHeaders: cors.exposeHeaders,
        MaxAge: cors.maxAgeSeconds,
      },
    }),
    InvokeMode: invokeMode,
  };
}
