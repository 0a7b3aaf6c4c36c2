import type { Kind } from '../../aws/members.ts';

/** A JSON Schema, as tools have them. */
export interface MemberSchema {
  type?: string;
  enum?: string[];
  items?: MemberSchema;
  additionalProperties?: MemberSchema;
  minimum?: number;
  maximum?: number;
}

/** The schema of an object with members of these kinds. */
export function inputSchema(input: Readonly<Record<string, Kind>>) {
  const members = Object.entries(input);
  return {
    type: 'object' as const,
    properties: Object.fromEntries(members.map(([name, kind]) => [name, schemaOf(kind)])),
    required: members.filter(([, { required }]) => required).map(([name]) => name),
    additionalProperties: false,
  };
}

/** A document may be anything: nothing is said of it. */
function schemaOf(kind: Kind): MemberSchema {
  switch (kind.kind) {
    case 'text':
      return { type: 'string', ...(kind.oneOf && { enum: [...kind.oneOf] }) };
    case 'integer':
    case 'number':
      return {
        type: kind.kind,
        ...(kind.min !== undefined && { minimum: kind.min }),
        ...(kind.max !== undefined && { maximum: kind.max }),
      };
    case 'boolean':
      return { type: 'boolean' };
    case 'list':
      return { type: 'array', items: schemaOf(kind.item) };
    case 'map':
      return { type: 'object', additionalProperties: schemaOf(kind.value) };
    case 'structure':
    case 'union':
    case 'unread':
      return { type: 'object' };
    default:
      return {};
  }
}
