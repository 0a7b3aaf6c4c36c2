import type { Resource } from '../resource.ts';
import { describe, entryOf, list, scalar, textOf } from '../yaml/node.ts';
import { type Expanding, made } from './made.ts';
import { tag, tagsOf } from './tags.ts';

/**
 * SAM developer guide, "AWS::Serverless::Application": a nested stack. One of the Serverless Application Repository comes from
 * AWS alone.
 */
export function expandApplication({ resource, complain }: Expanding): Resource {
  const { line, logicalId, metadata } = resource;
  const given = resource.properties.entries;
  const location = given.get('Location');
  const application = textOf(entryOf(location, 'ApplicationId'));
  if (!location) complain(line, 'Location, expected the place of a template, found nothing');
  else if (location.kind !== 'scalar' && !entryOf(location, 'ApplicationId') && location.kind !== 'unknown')
    complain(
      location.line,
      `Location, expected a template's place or ApplicationId, found ${describe(location)}`,
    );
  const expanded = made(
    resource,
    logicalId,
    'AWS::CloudFormation::Stack',
    {
      TemplateURL: location,
      Parameters: given.get('Parameters'),
      NotificationARNs: given.get('NotificationARNs'),
      TimeoutInMinutes: given.get('TimeoutInMinutes'),
      Tags: list(line, [tag(line, 'lambda:createdBy', scalar(line, 'SAM')), ...tagsOf(given.get('Tags'))]),
    },
    { dependsOn: resource.dependsOn, ...(metadata && { metadata }) },
  );
  if (location?.kind === 'fields' || location?.kind === 'list')
    expanded.unavailable ??= {
      line: location.line,
      reason: `${application ?? 'its template'} is in the AWS Serverless Application Repository, which is not here: give Location the path of a local template`,
    };
  return expanded;
}
