import { createHash } from 'node:crypto';
import { attributeName } from '../values/references.ts';
import { callOf } from '../yaml/call.ts';
import { type Fields, type Node, textOf, toPlain } from '../yaml/node.ts';
import type { ParameterValue } from './made.ts';

/** The ten digits that SAM puts behind a logical id for what it is made of; none for nothing (aws-sam-translator, LogicalIdGenerator). */
export function digitsOf(made: unknown): string {
  const text = typeof made === 'string' ? made : canonical(made);
  return text === '' ? '' : createHash('sha1').update(text).digest('hex').slice(0, 10);
}

/** As SAM reads YAML: a dotted `!GetAtt` is a list of two; where it fills in parameters, in `Fn::Sub`'s text too. */
export function asSamReads(node: Node, parameterValue: ParameterValue = () => undefined): unknown {
  if (node.kind === 'list') return node.items.map((item) => asSamReads(item, parameterValue));
  if (node.kind !== 'fields') return toPlain(node);
  const call = callOf(node);
  const value = call?.name === 'Ref' ? parameterValue(textOf(call.argument) ?? '') : undefined;
  if (value) return toPlain(value);
  const text = call?.name === 'Fn::Sub' ? textOf(call.argument) : undefined;
  if (text !== undefined)
    return {
      'Fn::Sub': text.replaceAll(/\$\{([\w:]+)\}/g, (whole, name) => textOf(parameterValue(name)) ?? whole),
    };
  const dotted = call?.name === 'Fn::GetAtt' ? attributeName(call.argument) : undefined;
  const dot = dotted?.indexOf('.') ?? -1;
  if (dotted && dot > 0) return { 'Fn::GetAtt': [dotted.slice(0, dot), dotted.slice(dot + 1)] };
  return membersAsSamReads(node, parameterValue);
}

export function membersAsSamReads(
  { entries }: Fields,
  parameterValue?: ParameterValue,
): Record<string, unknown> {
  return Object.fromEntries([...entries].map(([key, value]) => [key, asSamReads(value, parameterValue)]));
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
