import { fields, type Node, scalar } from '../yaml/node.ts';

/** SAM takes a map of tags, and makes a list of it. */
export function tagsOf(tags: Node | undefined): Node[] {
  return tags?.kind === 'fields' ? [...tags.entries].map(([key, value]) => tag(value.line, key, value)) : [];
}

export function tag(line: number, key: string, value: Node): Node {
  return fields(line, { Key: scalar(line, key), Value: value });
}
