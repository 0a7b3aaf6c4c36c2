import type { Resource } from '../resource.ts';
import { scalar } from '../yaml/node.ts';
import { codeLocation } from './code-location.ts';
import { type Expanding, made } from './made.ts';

/** SAM developer guide, "AWS::Serverless::LayerVersion": by its logical id, unless it has a name. */
export function expandLayerVersion({ resource }: Expanding): Resource {
  const { line, logicalId, metadata } = resource;
  const given = resource.properties.entries;
  const content = given.get('ContentUri');
  return made(
    resource,
    logicalId,
    'AWS::Lambda::LayerVersion',
    {
      LayerName: given.get('LayerName') ?? scalar(line, logicalId),
      Content: content && codeLocation(content),
      Description: given.get('Description'),
      CompatibleRuntimes: given.get('CompatibleRuntimes'),
      CompatibleArchitectures: given.get('CompatibleArchitectures'),
      LicenseInfo: given.get('LicenseInfo'),
    },
    { dependsOn: resource.dependsOn, ...(metadata && { metadata }) },
  );
}
