import type { Node } from '../yaml/node.ts';

/** A piece of Fn::Sub's text: what stands there, or the name of what is put there. */
export type SubPiece = { literal: string } | { name: string };

/** `a ${B.C} ${!D}` to its pieces; `${!D}` stands for a literal `${D}`. */
export function subPieces(text: string): SubPiece[] {
  const pieces: SubPiece[] = [];
  let end = 0;
  for (const match of text.matchAll(/\$\{(!?)([^{}]*)\}/g)) {
    pieces.push({ literal: text.slice(end, match.index) });
    const [whole, isLiteral, name = ''] = match;
    pieces.push(isLiteral ? { literal: `\${${name}}` } : { name: name.trim() });
    end = match.index + whole.length;
  }
  pieces.push({ literal: text.slice(end) });
  return pieces;
}

/** Fn::Sub's text and its own variables; undefined when the argument has another shape. */
export function subParts(argument: Node): { text: string; variables: ReadonlyMap<string, Node> } | undefined {
  if (argument.kind === 'scalar' && typeof argument.value === 'string')
    return { text: argument.value, variables: new Map() };
  if (argument.kind !== 'list' || argument.items.length !== 2) return undefined;
  const [text, variables] = argument.items;
  if (text?.kind !== 'scalar' || variables?.kind !== 'fields') return undefined;
  return { text: text.text, variables: variables.entries };
}
