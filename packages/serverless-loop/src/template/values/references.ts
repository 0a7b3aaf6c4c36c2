import { callOf } from '../yaml/call.ts';
import { type Node, textOf } from '../yaml/node.ts';
import { subParts, subPieces } from './sub-text.ts';

/** A name that a value refers to: of a parameter or resource (Ref), or `Resource.Attribute`. */
export interface Reference {
  name: string;
  hasAttribute: boolean;
  by: 'Ref' | 'Fn::GetAtt' | 'Fn::Sub';
  line: number;
}

/** Every reference in a value, in the order they stand there. */
export function referencesIn(node: Node): Reference[] {
  if (node.kind === 'list') return node.items.flatMap(referencesIn);
  if (node.kind !== 'fields') return [];
  const call = callOf(node);
  if (call?.name === 'Ref') return named(textOf(call.argument), call.name, call.line);
  if (call?.name === 'Fn::GetAtt') return named(attributeName(call.argument), call.name, call.line);
  if (call?.name === 'Fn::Sub') return subReferences(call.argument, call.line);
  return [...node.entries.values()].flatMap(referencesIn);
}

function named(name: string | undefined, by: Reference['by'], line: number): Reference[] {
  if (name === undefined) return [];
  return [{ name, hasAttribute: by === 'Fn::GetAtt' || (by === 'Fn::Sub' && name.includes('.')), by, line }];
}

/**
 * `Resource.Attribute` of GetAtt's argument, dotted or a list; undefined for anything else. A list may take a name of SAM's
 * apart, `[Function, Version, Arn]` (SAM's translator, intrinsics/actions.py, `GetAttAction`).
 */
export function attributeName(argument: Node): string | undefined {
  if (argument.kind === 'scalar') return argument.text.includes('.') ? argument.text : undefined;
  const parts = argument.kind === 'list' ? argument.items.map(textOf) : [];
  return parts.length < 2 || parts.includes(undefined) ? undefined : parts.join('.');
}

function subReferences(argument: Node, line: number): Reference[] {
  const parts = subParts(argument);
  if (!parts) return referencesIn(argument.kind === 'list' ? argument : { kind: 'unknown', line });
  const inText = subPieces(parts.text).flatMap((piece) => {
    if ('literal' in piece || parts.variables.has(piece.name) || !/^[\w:.]+$/.test(piece.name)) return [];
    return named(piece.name, 'Fn::Sub', line);
  });
  return [...inText, ...[...parts.variables.values()].flatMap(referencesIn)];
}
