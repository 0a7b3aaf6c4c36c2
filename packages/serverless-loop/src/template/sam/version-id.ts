import type { Resource } from '../resource.ts';
import { entryOf, type Fields, fields, type Node, textOf } from '../yaml/node.ts';
import { lambdaProperties } from './lambda-properties.ts';
import { asSamReads, digitsOf, membersAsSamReads } from './logical-id.ts';

/** SAM CLI's pretended location of code that is not uploaded, so that both name the version alike. */
const NOT_UPLOADED = { S3Bucket: 'bucket', S3Key: 'value' };

/**
 * The ten digits behind `<Function>Version`: SAM hashes what a new version is made for, which is the place of the code,
 * the environment, the memory and SnapStart, or with AutoPublishAliasAllProperties all of the function, each as the
 * template has it (aws-sam-translator, `_construct_version`).
 */
export function versionDigits({ line, properties, declared = properties }: Resource): string {
  const given = textOf(properties.entries.get('AutoPublishCodeSha256'));
  if (given !== undefined) return given.slice(0, 10);
  const ofAll = textOf(properties.entries.get('AutoPublishAliasAllProperties')) === 'true';
  const hashed = ofAll ? allOf(line, declared, properties) : partOf(line, declared, properties);
  return digitsOf(hashed);
}

/** SAM fills parameters in for the code, but for nothing else. */
function allOf(line: number, declared: Fields, settled: Fields): Record<string, unknown> {
  const { Code: _, ...others } = lambdaProperties(line, declared);
  return { ...membersAsSamReads(fields(line, others)), Code: placeOf(lambdaProperties(line, settled).Code) };
}

function partOf(line: number, { entries }: Fields, settled: Fields): Record<string, unknown> {
  const snapStart = entries.get('SnapStart');
  const environment = entries.get('Environment');
  const memorySize = entries.get('MemorySize');
  return {
    ...placeOf(lambdaProperties(line, settled).Code),
    ...(environment?.kind === 'fields' ? membersAsSamReads(environment) : {}),
    ...(memorySize && { MemorySize: asSamReads(memorySize) }),
    ...(isOn(snapStart) && { SnapStart: asSamReads(snapStart) }),
  };
}

function placeOf(code: Node | undefined): Record<string, unknown> {
  return code?.kind === 'fields' ? membersAsSamReads(code) : NOT_UPLOADED;
}

function isOn(snapStart: Node | undefined): snapStart is Node {
  return snapStart?.kind === 'fields' && textOf(entryOf(snapStart, 'ApplyOn') ?? snapStart) !== 'None';
}
