import type { Schema, TextSchema, WholeNumberSchema } from './json-schema.ts';

/**
 * The changes that make `current` another contract than `released`, one line for each place. Nothing but descriptions and new
 * fields that may be absent may change, for two readers at once:
 * - a consumer written for the release reads the events of today: no field it reads may go, change its type or hold
 *   a value that the release excluded;
 * - today's consumers read the events of the release, which wait in queues and in the archive: nothing that the
 *   release allowed may be refused.
 */
export function changesOf(released: Schema, current: Schema, at = 'detail'): string[] {
  if (released.type === 'object' && current.type === 'object') {
    return [
      ...Object.entries(released.properties).flatMap(([name, property]) => {
        const now = current.properties[name];
        return now === undefined ? [`${at}.${name} is gone`] : changesOf(property, now, `${at}.${name}`);
      }),
      ...without(released.required, current.required).map((name) => `${at}.${name} may now be absent`),
      ...without(current.required, released.required).map((name) => `${at}.${name} must now be there`),
    ];
  }
  if (released.type === 'string' && current.type === 'string') {
    return [...wordChanges(released, current, at), ...limitChanges(TEXT_LIMITS, released, current, at)];
  }
  if (released.type === 'integer' && current.type === 'integer') {
    return limitChanges(NUMBER_LIMITS, released, current, at);
  }
  return [`${at} was of type ${released.type} and is of type ${current.type}`];
}

const TEXT_LIMITS = ['pattern', 'format', 'minLength', 'maxLength'] as const;
const NUMBER_LIMITS = ['minimum', 'maximum'] as const;

function wordChanges(released: TextSchema, current: TextSchema, at: string): string[] {
  if (released.enum === undefined || current.enum === undefined) {
    if (released.enum === current.enum) return [];
    return [`${at} ${current.enum === undefined ? 'may now be any text' : 'may now be but a few words'}`];
  }
  return [
    ...without(released.enum, current.enum).map((word) => `${at} may no longer be "${word}"`),
    ...without(current.enum, released.enum).map((word) => `${at} may now be "${word}"`),
  ];
}

function limitChanges<Limited extends TextSchema | WholeNumberSchema>(
  limits: readonly (keyof Limited)[],
  released: Limited,
  current: Limited,
  at: string,
): string[] {
  return limits
    .filter((limit) => released[limit] !== current[limit])
    .map(
      (limit) =>
        `${at} had ${String(limit)} ${shown(released[limit])} and has ${String(limit)} ${shown(current[limit])}`,
    );
}

function shown(limit: unknown): string {
  return limit === undefined ? 'none' : JSON.stringify(limit);
}

function without(these: string[], those: string[]): string[] {
  return these.filter((one) => !those.includes(one));
}
