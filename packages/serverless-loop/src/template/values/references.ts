import { callOf } from '../yaml/call.ts';
import { type Node, textOf } from '../yaml/node.ts';
import { subParts, subPieces } from './sub-text.ts';

/** A name that a value refers to: of a parameter or resource (Ref), or `Resource.Attribute`. */
export interface Reference {
  name: string;
  hasAttribute: boolean;
  line: number;
}

/** Every reference in a value, in the order they stand there. */
export function referencesIn(node: Node): Reference[] {
  if (node.kind === 'list') return node.items.flatMap(referencesIn);
  if (node.kind !== 'fields') return [];
  const call = callOf(node);
  if (call?.name === 'Ref') return named(textOf(call.argument), false, call.line);
  if (call?.name === 'Fn::GetAtt') return named(attributeName(call.argument), true, call.line);
  if (call?.name === 'Fn::Sub') return subReferences(call.argument, call.line);
  return [...node.entries.values()].flatMap(referencesIn);
}

function named(name: string | undefined, hasAttribute: boolean, line: number): Reference[] {
  return name === undefined ? [] : [{ name, hasAttribute, line }];
}

/** `Resource.Attribute` of GetAtt's argument, dotted or a list; undefined for anything else. */
export function attributeName(argument: Node): string | undefined {
  if (argument.kind === 'scalar') return argument.text.includes('.') ? argument.text : undefined;
  const parts = argument.kind === 'list' ? argument.items.map(textOf) : [];
  return parts.length !== 2 || parts.includes(undefined) ? undefined : parts.join('.');
}

function subReferences(argument: Node, line: number): Reference[] {
  const parts = subParts(argument);
  if (!parts) return referencesIn(argument.kind === 'list' ? argument : { kind: 'unknown', line });
  const inText = subPieces(parts.text).flatMap((piece) => {
    if ('literal' in piece || parts.variables.has(piece.name) || !/^[\w:.]+$/.test(piece.name)) return [];
    return named(piece.name, piece.name.includes('.'), line);
  });
  return [...inText, ...[...parts.variables.values()].flatMap(referencesIn)];
}
