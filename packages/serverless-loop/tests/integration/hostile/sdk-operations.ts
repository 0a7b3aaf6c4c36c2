/** An operation as an SDK's own schema describes it. */
export interface SdkOperation {
  name: string;
  /** Of its input, by name, with where each goes in a request of the REST protocols. */
  members: Member[];
  /** Method and path of the REST protocols; undefined of the others. */
  http?: { method: string; path: string };
}

export interface Member {
  name: string;
  query?: string;
  header?: string;
  isPath: boolean;
}

/** The operations that an SDK client's package knows (Smithy's schemas: `[9, namespace, name, traits, input, output]`). */
export function sdkOperations(client: Record<string, unknown>): SdkOperation[] {
  return Object.values(client).flatMap((exported) => {
    if (!Array.isArray(exported) || exported[0] !== 9) return [];
    const [, , name, traits, input]: unknown[] = exported;
    const [method, path] = listIn(traits, 'http');
    const schema: unknown = typeof input === 'function' ? input() : input;
    const pathText = String(path);
    return {
      name: String(name),
      members: membersOf(schema, pathText),
      ...(method !== undefined && { http: { method: String(method), path: pathText } }),
    };
  });
}

function membersOf(schema: unknown, path: string): Member[] {
  if (!Array.isArray(schema)) return [];
  const [, , , , names, schemas]: unknown[] = schema;
  if (!Array.isArray(names) || !Array.isArray(schemas)) return [];
  return names.map((name: unknown, index) => {
    const query = textIn(schemas[index], 'httpQuery');
    const header = textIn(schemas[index], 'httpHeader');
    return {
      name: String(name),
      ...(query !== undefined && { query }),
      ...(header !== undefined && { header }),
      isPath: path.includes(`{${name}}`) || path.includes(`{${name}+}`),
    };
  });
}

function traitsOf(member: unknown): unknown {
  return Array.isArray(member) ? member[1] : undefined;
}

function textIn(member: unknown, trait: string): string | undefined {
  const value = Object.entries(Object(traitsOf(member))).find(([name]) => name === trait)?.[1];
  return typeof value === 'string' ? value : undefined;
}

function listIn(traits: unknown, trait: string): unknown[] {
  const value = Object.entries(Object(traits)).find(([name]) => name === trait)?.[1];
  return Array.isArray(value) ? value : [];
}
