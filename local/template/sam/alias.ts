import { createHash } from 'node:crypto';
import { getAtt, ref } from '../call.ts';
import { describe, plainFields, scalar, textOf } from '../node.ts';
import type { Resource } from '../resource.ts';
import { codeLocation } from './code-location.ts';
import { type Expanding, made } from './made.ts';

/** `AutoPublishAlias`: a version and an alias that leads to it. SAM hashes the code's place into the version's id. */
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
  const versionId = `${logicalId}Version${codeHash(resource)}`;
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
        },
        { line, alsoNamed: `${logicalId}.Alias` },
      ),
    ],
  };
}

/**
 * The template's S3 place as SAM hashes it, so that other code makes a new version. While the code is in a folder nothing
 * is known of it.
 */
function codeHash({ logicalId, properties }: Resource): string {
  const place = codeLocation(properties.entries.get('CodeUri') ?? scalar(0, ''));
  if (place.kind !== 'fields') return createHash('sha256').update(logicalId).digest('hex').slice(0, 10);
  const sorted = Object.entries(plainFields(place)).sort(([one], [other]) => (one < other ? -1 : 1));
  return createHash('sha1')
    .update(JSON.stringify(Object.fromEntries(sorted)))
    .digest('hex')
    .slice(0, 10);
}
