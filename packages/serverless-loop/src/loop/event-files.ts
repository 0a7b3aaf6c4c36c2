import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

/** The JSON files in the folder `events` of a project, which SAM's own projects have there. */
export function eventFiles(projectFolder: string) {
  const folder = path.join(projectFolder, 'events');

  function list(): { name: string; sizeBytes: number }[] {
    try {
      return readdirSync(folder, { withFileTypes: true })
        .filter((entry) => entry.isFile() && entry.name.endsWith('.json'))
        .map(({ name }) => ({ name, sizeBytes: statSync(path.join(folder, name)).size }))
        .sort((one, other) => (one.name < other.name ? -1 : 1));
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
