import type { Resource } from '../resource.ts';
import { getAtt, ref } from '../yaml/call.ts';
import { describe, scalar, textOf } from '../yaml/node.ts';
import { type Expanding, made } from './made.ts';
import { versionDigits } from './version-id.ts';

/** `AutoPublishAlias`: a version and an alias that leads to it. */
export function expandAlias({
  resource,
  complain,
}: Expanding): { name: string; logicalId: string; resources: Resource[] } | undefined {
  const node = resource.properties.entries.get('AutoPublishAlias');
  if (!node || node.kind === 'unknown') return undefined;
  const name = textOf(node);
  if (name === undefined || !/^(?!\d+$)[\w-]+$/.test(name)) {
    complain(node.line, `AutoPublishAlias, expected a name, found ${describe(node)}`);
    return undefined;
  }
  const { logicalId } = resource;
  const { line } = node;
  const versionId = `${logicalId}Version${versionDigits(resource)}`;
  const aliasId = `${logicalId}Alias${name.replaceAll('-', 'D').replaceAll('_', 'U')}`;
  const functionName = ref(line, logicalId);
  return {
    name,
    logicalId: aliasId,
    resources: [
      made(
        resource,
        versionId,
        'AWS::Lambda::Version',
        { FunctionName: functionName },
        { line, alsoNamed: `${logicalId}.Version`, deletionPolicy: 'Retain' },
      ),
      made(
        resource,
        aliasId,
        'AWS::Lambda::Alias',
        {
          Name: scalar(line, name),
          FunctionName: functionName,
          FunctionVersion: getAtt(line, versionId, 'Version'),
          ProvisionedConcurrencyConfig: resource.properties.entries.get('ProvisionedConcurrencyConfig'),
        },
        { line, alsoNamed: `${logicalId}.Alias` },
      ),
    ],
  };
}
