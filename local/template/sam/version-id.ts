import { createHash } from 'node:crypto';
import { callOf } from '../call.ts';
import { entryOf, type Fields, type Node, plainFields, scalar, textOf, toPlain } from '../node.ts';
import { attributeName } from '../references.ts';
import type { Resource } from '../resource.ts';
import { codeLocation } from './code-location.ts';

/** Where SAM CLI pretends that code lies which is not uploaded, so that both name the version alike. */
const NOT_UPLOADED = { S3Bucket: 'bucket', S3Key: 'value' };

/**
 * The ten digits behind `<Function>Version`: SAM hashes what a new version is made for, which is the place of the code,
 * the environment, the memory and SnapStart, each as the template has it (aws-sam-translator, `_construct_version`).
 */
export function versionDigits({ properties, declared = properties }: Resource): string {
  const given = textOf(properties.entries.get('AutoPublishCodeSha256'));
  if (given !== undefined) return given.slice(0, 10);
  const { entries } = declared;
  const snapStart = entries.get('SnapStart');
  const environment = entries.get('Environment');
  const memorySize = entries.get('MemorySize');
  const hashed = {
    ...codeOf(properties),
    ...(environment?.kind === 'fields' ? plainEntries(environment) : {}),
    ...(memorySize && { MemorySize: plain(memorySize) }),
    ...(isOn(snapStart) && { SnapStart: plain(snapStart) }),
  };
  return createHash('sha1').update(canonical(hashed)).digest('hex').slice(0, 10);
}

/** The function's Code; SAM fills parameters in here, but nowhere else. */
function codeOf({ entries }: Fields): Record<string, unknown> {
  const inline = entries.get('InlineCode');
  if (inline) return { ZipFile: toPlain(inline) };
  const image = entries.get('ImageUri');
  if (image) return { ImageUri: toPlain(image) };
  const place = codeLocation(entries.get('CodeUri') ?? scalar(0, '.'));
  return place.kind === 'fields' ? plainFields(place) : NOT_UPLOADED;
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
