import type { JsonObject } from '../../../aws/json-object.ts';
import { wordOf } from '../definition/plain.ts';
import { type ManagementContext, newId } from './context.ts';
import type { HttpApi } from './http-api.ts';
import { INTEGRATION, ROUTE, STAGE } from './http-kinds.ts';

/** A route to one target, and a stage that deploys by itself (API reference, "CreateApi", target). */
export function quickCreate(
  api: HttpApi,
  { Target, RouteKey, CredentialsArn }: JsonObject,
  context: ManagementContext,
): void {
  const IntegrationId = newId(7);
  const uri = wordOf(Target) ?? '';
  const managed = { ApiGatewayManaged: true };
  const isFunction = /^arn:[^:]+:lambda:/.test(uri);
  api.integrations.set(
    IntegrationId,
    INTEGRATION.settled(
      {
        ...managed,
        IntegrationId,
        IntegrationType: isFunction ? 'AWS_PROXY' : 'HTTP_PROXY',
        IntegrationUri: uri,
        PayloadFormatVersion: isFunction ? '2.0' : '1.0',
        ...(!isFunction && { IntegrationMethod: 'ANY' }),
        ...(CredentialsArn !== undefined && { CredentialsArn }),
      },
      api,
      context,
      undefined,
    ),
  );
  const RouteId = newId(7);
  const route = {
    ...managed,
    RouteId,
    RouteKey: RouteKey ?? '$default',
    Target: `integrations/${IntegrationId}`,
  };
  api.routes.set(RouteId, ROUTE.settled(route, api, context, undefined));
  const stage = { ...managed, StageName: '$default', AutoDeploy: true };
  if (!api.stages.has('$default')) api.stages.set('$default', STAGE.settled(stage, api, context, undefined));
}
