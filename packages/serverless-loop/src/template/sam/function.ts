import { didYouMean } from '../nearest.ts';
import type { Resource } from '../resource.ts';
import { getAtt, ref } from '../yaml/call.ts';
import { entryOf, type Node, scalar, textOf } from '../yaml/node.ts';
import { expandAlias } from './alias.ts';
import { expandDeploymentPreference } from './deployment-preference.ts';
import { expandEventInvokeConfig } from './event-invoke-config.ts';
import { expandEvents } from './events.ts';
import { FUNCTION_PROPERTIES } from './function-properties.ts';
import { lambdaProperties } from './lambda-properties.ts';
import { type Expanding, made } from './made.ts';
import { expandRole } from './role.ts';

/** AWS::Serverless::Function to the function, its role, what invokes it and what its failures go to. */
export function expandFunction(expanding: Expanding): Resource[] {
  const { resource, complain } = expanding;
  for (const [name, value] of resource.properties.entries)
    if (!FUNCTION_PROPERTIES.includes(name))
      complain(value.line, `${name}, no such property${didYouMean(name, FUNCTION_PROPERTIES)}`);
  const alias = expandAlias(expanding);
  const invokeConfig = expandEventInvokeConfig(expanding, alias?.name);
  const events = expandEvents(expanding, alias?.logicalId);
  return [
    lambdaFunction(resource),
    ...(alias?.resources ?? []),
    ...functionUrl(resource, alias?.logicalId),
    ...invokeConfig.resources,
    ...expandRole(expanding, [...invokeConfig.policies, ...events.policies], events.managedPolicies),
    ...events.resources,
    ...expandDeploymentPreference(expanding),
  ];
}

function lambdaFunction(resource: Resource): Resource {
  const { logicalId, line, dependsOn, metadata, properties } = resource;
  const role = getAtt(line, `${logicalId}Role`, 'Arn');
  return made(
    resource,
    logicalId,
    'AWS::Lambda::Function',
    { Role: role, ...lambdaProperties(line, properties) },
    { dependsOn, ...(metadata && { metadata }) },
  );
}

/** `FunctionUrlConfig`: the URL, and with `AuthType: NONE` what lets everybody call it (SAM developer guide, "FunctionUrlConfig"). */
function functionUrl(resource: Resource, aliasLogicalId: string | undefined): Resource[] {
  const config = resource.properties.entries.get('FunctionUrlConfig');
  if (!config) return [];
  const { line } = config;
  const { logicalId } = resource;
  const invoked = ref(line, aliasLogicalId ?? logicalId);
  const authType = entryOf(config, 'AuthType');
  const url = {
    AuthType: authType,
    Cors: entryOf(config, 'Cors'),
    InvokeMode: entryOf(config, 'InvokeMode'),
    TargetFunctionArn: invoked,
  };
  const permission = (suffix: string, action: string, condition: Record<string, Node>) =>
    made(
      resource,
      `${logicalId}${suffix}`,
      'AWS::Lambda::Permission',
      { Action: scalar(line, action), FunctionName: invoked, Principal: scalar(line, '*'), ...condition },
      { line },
    );
  return [
    made(resource, `${logicalId}Url`, 'AWS::Lambda::Url', url, { line }),
    ...(textOf(authType) === 'NONE'
      ? [
          permission('UrlPublicPermissions', 'lambda:InvokeFunctionUrl', {
            FunctionUrlAuthType: scalar(line, 'NONE'),
          }),
          permission('URLInvokeAllowPublicAccess', 'lambda:InvokeFunction', {
            InvokedViaFunctionUrl: scalar(line, true),
          }),
        ]
      : []),
  ];
}
