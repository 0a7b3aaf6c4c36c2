import { didYouMean } from '../nearest.ts';
import type { Resource } from '../resource.ts';
import { getAtt } from '../yaml/call.ts';
import { entryOf, textOf } from '../yaml/node.ts';
import { expandAlias } from './alias.ts';
import { expandDeploymentPreference } from './deployment-preference.ts';
import { expandEventInvokeConfig } from './event-invoke-config.ts';
import { expandEvents } from './events.ts';
import { functionProperties } from './function-properties.ts';
import { lambdaProperties } from './lambda-properties.ts';
import { type Expanding, made } from './made.ts';
import { expandRole } from './role.ts';

/** AWS::Serverless::Function to the function, its role, what invokes it and what its failures go to. */
export function expandFunction(expanding: Expanding): Resource[] {
  const { resource, complain } = expanding;
  for (const [name, value] of resource.properties.entries)
    if (!functionProperties.includes(name))
      complain(value.line, `${name}, no such property${didYouMean(name, functionProperties)}`);
  const alias = expandAlias(expanding);
  const invokeConfig = expandEventInvokeConfig(expanding, alias?.name);
  const events = expandEvents(expanding, alias?.logicalId);
  return [
    lambdaFunction(resource),
    ...(alias?.resources ?? []),
    ...functionUrl(resource),
    ...invokeConfig.resources,
    ...expandRole(expanding, invokeConfig.policies, events.managedPolicies),
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

/** Permissions that let everybody call a URL without authentication. */
const PUBLIC_ACCESS = ['UrlPublicPermissions', 'URLInvokeAllowPublicAccess'];

function functionUrl(resource: Resource): Resource[] {
  const config = resource.properties.entries.get('FunctionUrlConfig');
  if (!config) return [];
  const { line } = config;
  const permissions = textOf(entryOf(config, 'AuthType')) === 'NONE' ? PUBLIC_ACCESS : [];
  return [
    made(resource, `${resource.logicalId}Url`, 'AWS::Lambda::Url', {}, { line }),
    ...permissions.map((suffix) =>
      made(
        resource,
        `${resource.logicalId}${suffix}`,
        'AWS::Lambda::Permission',
        {},
        { line, notEmulated: 'function URLs are not emulated' },
      ),
    ),
  ];
}
