import { createHash } from 'node:crypto';
import type { Resource } from '../resource.ts';
import { attributeName } from '../values/references.ts';
import { callOf } from '../yaml/call.ts';
import { entryOf, type Fields, fields, type Node, textOf, toPlain } from '../yaml/node.ts';
import { lambdaProperties } from './lambda-properties.ts';

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
  return createHash('sha1').update(canonical(hashed)).digest('hex').slice(0, 10);
}

/** SAM fills parameters in for the code, but for nothing else. */
function allOf(line: number, declared: Fields, settled: Fields): Record<string, unknown> {
  const { Code: _, ...others } = lambdaProperties(line, declared);
  return { ...plainEntries(fields(line, others)), Code: placeOf(lambdaProperties(line, settled).Code) };
}

function partOf(line: number, { entries }: Fields, settled: Fields): Record<string, unknown> {
  const snapStart = entries.get('SnapStart');
  const environment = entries.get('Environment');
  const memorySize = entries.get('MemorySize');
  return {
    ...placeOf(lambdaProperties(line, settled).Code),
    ...(environment?.kind === 'fields' ? plainEntries(environment) : {}),
    ...(memorySize && { MemorySize: plain(memorySize) }),
    ...(isOn(snapStart) && { SnapStart: plain(snapStart) }),
  };
}

function placeOf(code: Node | undefined): Record<string, unknown> {
  return code?.kind === 'fields' ? plainEntries(code) : NOT_UPLOADED;
}

function isOn(snapStart: Node | undefined): snapStart is Node {
  return snapStart?.kind === 'fields' && textOf(entryOf(snapStart, 'ApplyOn') ?? snapStart) !== 'None';
}

/** As SAM reads YAML: a dotted `!GetAtt` is a list of two. */
function plain(node: Node): unknown {
  if (node.kind === 'list') return node.items.map(plain);
  if (node.kind !== 'fields') return toPlain(node);
  const call = callOf(node);
  const dotted = call?.name === 'Fn::GetAtt' ? attributeName(call.argument) : undefined;
  const dot = dotted?.indexOf('.') ?? -1;
  if (dotted && dot > 0) return { 'Fn::GetAtt': [dotted.slice(0, dot), dotted.slice(dot + 1)] };
  return plainEntries(node);
}

function plainEntries({ entries }: Fields): Record<string, unknown> {
  return Object.fromEntries([...entries].map(([key, value]) => [key, plain(value)]));
}

/** As Python's json.dumps writes it with sorted keys and no blanks: in ASCII. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
    return `{${members.map(([key, member]) => `${canonical(key)}:${canonical(member)}`).join(',')}}`;
  }
  return JSON.stringify(value).replace(
    /[\u0080-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
