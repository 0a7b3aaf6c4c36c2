import { parseJsonWithin, SHORT_LIMITS } from '../../aws/json-limits.ts';
import { badRequest } from './schemas-error.ts';

type Shape = Record<string, unknown>;

/** An OpenAPI document for what events look like, as JSON text (Schemas API reference, "GetDiscoveredSchema"). */
export function discoverSchema(events: readonly string[]): string {
  const shapes = events.map((event, index) => shapeOf(parse(event, index)));
  return JSON.stringify({
    openapi: '3.0.0',
    info: { version: '1.0.0', title: 'Event' },
    paths: {},
    components: { schemas: { Event: shapes.reduce(union, {}) } },
  });
}

function parse(event: string, index: number): unknown {
  try {
    return parseJsonWithin(event, SHORT_LIMITS);
  } catch {
    throw badRequest(`Event ${index + 1} is no JSON.`);
  }
}

function shapeOf(value: unknown): Shape {
  if (value === null) return { nullable: true };
  if (Array.isArray(value)) return { type: 'array', items: value.map(shapeOf).reduce(union, {}) };
  if (typeof value === 'object') {
    const members = Object.entries(value);
    return {
      type: 'object',
      required: members.map(([name]) => name),
      properties: Object.fromEntries(members.map(([name, member]) => [name, shapeOf(member)])),
    };
  }
  if (typeof value === 'string')
    return isTime(value) ? { type: 'string', format: 'date-time' } : { type: 'string' };
  return { type: typeof value };
}

function isTime(text: string): boolean {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(text);
}

/** Joins two shapes: only members that all have are required; a member of different types is open. */
function union(one: Shape, other: Shape): Shape {
  if (Object.keys(one).length === 0) return other;
  if (one.type !== other.type) return {};
  if (!isShape(one.properties) || !isShape(other.properties))
    return one.format === other.format ? one : { type: one.type };
  const properties: Shape = { ...one.properties };
  for (const [name, shape] of Object.entries(other.properties)) {
    const known = properties[name];
    properties[name] = isShape(known) && isShape(shape) ? union(known, shape) : shape;
  }
  const required = names(one.required).filter((name) => names(other.required).includes(name));
  return { type: 'object', required, properties };
}

function isShape(value: unknown): value is Shape {
  return typeof value === 'object' && value !== null;
}

function names(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
