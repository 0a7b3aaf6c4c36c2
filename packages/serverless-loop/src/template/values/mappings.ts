import type { Problems } from '../problems.ts';
import { describe, type Fields } from '../yaml/node.ts';

/** Complains about mappings that aren't two levels of names with a text or a list at the end (user guide, "Mappings"). */
export function checkMappings(mappings: Fields, problems: Problems): void {
  for (const [mapName, map] of mappings.entries) {
    const complain = problems.about(mapName);
    if (map.kind !== 'fields') {
      if (map.kind !== 'unknown')
        complain(
          map.line,
          `expected a map of maps, found ${describe(map)}`,
          `Template format error: Every Mappings member ${mapName} must be a map`,
        );
      continue;
    }
    for (const [topKey, values] of map.entries) {
      if (values.kind === 'fields') checkValues(values, topKey, complain);
      else if (values.kind !== 'unknown')
        complain(
          values.line,
          `${topKey}, expected a map, found ${describe(values)}`,
          `Template format error: Every Mappings member ${topKey} must be a map`,
        );
    }
  }
}

function checkValues(values: Fields, topKey: string, complain: ReturnType<Problems['about']>): void {
  for (const [key, value] of values.entries)
    if (value.kind === 'fields')
      complain(
        value.line,
        `${topKey}.${key}, expected text or a list, found ${describe(value)}`,
        'Template format error: Every Mappings attribute must be a String or a List.',
      );
}
