import { list, required, structure, text, type Written } from '../../../aws/members.ts';
import type { FunctionUrl } from '../function-urls.ts';
import { qualifiedArn } from '../qualifier.ts';
import type { Deployment } from './api-configuration.ts';
import { functionArn, functionOf, notFound } from './api-function-lookup.ts';
import { operation } from './context.ts';
import { listPage, PAGE_INPUT } from './list-page.ts';
import { FUNCTION, URL_CONFIG } from './shapes.ts';

/** The operations on functions' URLs. */
export const URL_OPERATIONS = {
  GetFunctionUrlConfig: operation({
    route: 'GET /2021-10-31/functions/{FunctionName}/url',
    input: {
      ...FUNCTION,
      // A version has no URL, and `$LATEST` that of the function (LocalStack's record, test_lambda_api.snapshot.json, test_url_config_exceptions).
      Qualifier: text({ at: 'query', min: 1, max: 128, pattern: '((?!^\\d+$)^[0-9a-zA-Z-_]+$)' }),
    },
    output: URL_CONFIG,
    needs: functionArn,
    handle(input, context) {
      const { fn, qualifier } = functionOf(input, context, noUrl);
      const arn = qualifiedArn(fn, qualifier);
      const found = context.urls().find((url) => url.functionArn === arn);
      if (!found) throw noUrl();
      return urlConfig(found, context.deployment);
    },
  }),

  ListFunctionUrlConfigs: operation({
    route: 'GET /2021-10-31/functions/{FunctionName}/urls',
    input: { ...FUNCTION, ...PAGE_INPUT },
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

/** The same where there is no such function. */
function noUrl() {
  return notFound('The resource you requested does not exist.');
}

function urlConfig(
  { functionArn: FunctionArn, url, authType, cors, invokeMode }: FunctionUrl,
  { deployedAt }: Deployment,
): Written<typeof URL_CONFIG> {
  const at = new Date(deployedAt).toISOString();
  return {
    FunctionUrl: url,
    FunctionArn,
    AuthType: authType,
    CreationTime: at,
    LastModifiedTime: at,
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
