import { getAtt } from '../call.ts';
import { didYouMean } from '../nearest.ts';
import { entryOf, fields, list, type Node, scalar, textOf } from '../node.ts';
import type { Resource } from '../resource.ts';
import { expandAlias } from './alias.ts';
import { codeLocation } from './code-location.ts';
import { expandDeploymentPreference } from './deployment-preference.ts';
import { expandEventInvokeConfig } from './event-invoke-config.ts';
import { expandEvents } from './events.ts';
import { functionProperties, passedOn } from './function-properties.ts';
import { type Expanding, made } from './made.ts';
import { expandRole, isTraced } from './role.ts';

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
  const { line, properties } = resource;
  const properNames = passedOn.map((name) => [name, properties.entries.get(name)] as const);
  const tracing = properties.entries.get('Tracing');
  const deadLetterArn = entryOf(properties.entries.get('DeadLetterQueue'), 'TargetArn');
  return made(
    resource,
    resource.logicalId,
    'AWS::Lambda::Function',
    {
      Role: getAtt(line, `${resource.logicalId}Role`, 'Arn'),
      ...Object.fromEntries(properNames.filter(([, value]) => value !== undefined)),
      Code: code(resource),
      Tags: tags(resource),
      TracingConfig: tracing && isTraced(tracing) ? fields(tracing.line, { Mode: tracing }) : undefined,
      DeadLetterConfig: deadLetterArn && fields(deadLetterArn.line, { TargetArn: deadLetterArn }),
    },
    { dependsOn: resource.dependsOn, ...(resource.metadata && { metadata: resource.metadata }) },
  );
}

/** Without CodeUri it is the template's own folder. */
function code(resource: Resource): Node {
  const { entries } = resource.properties;
  const inline = entries.get('InlineCode');
  if (inline) return fields(inline.line, { ZipFile: inline });
  const image = entries.get('ImageUri');
  if (image) return fields(image.line, { ImageUri: image });
  return codeLocation(entries.get('CodeUri') ?? scalar(resource.line, '.'));
}

/** SAM says of each function that it made it (SAM developer guide, "AWS::Serverless::Function", Tags). */
function tags({ line, properties }: Resource): Node {
  const given = properties.entries.get('Tags');
  const all = new Map([
    ['lambda:createdBy', scalar(line, 'SAM')],
    ...(given?.kind === 'fields' ? given.entries : []),
  ]);
  return list(
    line,
    [...all].map(([key, value]) => fields(value.line, { Key: scalar(value.line, key), Value: value })),
  );
}

/** What lets everybody call a URL without authentication. */
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
