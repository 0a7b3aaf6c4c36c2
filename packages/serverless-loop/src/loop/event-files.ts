import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { sortedBy } from '../aws/sorted.ts';

/** The JSON files in the folder `events` of a project, which SAM's own projects have there. */
export function eventFiles(projectFolder: string) {
  const folder = path.join(projectFolder, 'events');

  function list(): { name: string; sizeBytes: number }[] {
    try {
      const found = readdirSync(folder, { withFileTypes: true })
        .filter((entry) => entry.isFile() && entry.name.endsWith('.json'))
        .map(({ name }) => ({ name, sizeBytes: statSync(path.join(folder, name)).size }));
      return sortedBy(found, ({ name }) => name);
    } catch {
      return [];
    }
  }

  return {
    list,
    /** Undefined for a name that the folder has not, so that none leads out of it. */
    read: (name: string) =>
      list().some((file) => file.name === name) ? readFileSync(path.join(folder, name), 'utf8') : undefined,
  };
}
