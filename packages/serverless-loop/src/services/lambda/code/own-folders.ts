import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';

const NOT_OWN = new Set(['node_modules', '.git', '.aws-sam']);

/** All folders below it with code of one's own. */
export function ownFolders(folder: string): string[] {
  return ownEntries(folder)
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => path.join(folder, name))
    .flatMap((inner) => [inner, ...ownFolders(inner)]);
}

/** All files in it and below. */
export function ownFiles(folder: string): string[] {
  return [folder, ...ownFolders(folder)].flatMap((inner) =>
    ownEntries(inner)
      .filter((entry) => entry.isFile())
      .map(({ name }) => path.join(inner, name)),
  );
}

function ownEntries(folder: string) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).filter(({ name }) => !NOT_OWN.has(name));
}
