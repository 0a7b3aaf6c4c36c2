import { type Dirent, readdirSync } from 'node:fs';
import path from 'node:path';
import { hasCode } from '../../../aws/has-code.ts';

const NOT_OWN = new Set(['node_modules', '.git', '.aws-sam']);

/** All folders below it with code of one's own. */
export function ownFolders(folder: string): string[] {
  return ownTree(folder).folders;
}

/** All files in it and below, but for those of its packages. */
export function ownFiles(folder: string): string[] {
  return ownTree(folder).files;
}

/** Each folder is read once: a stack may have hundreds of functions. */
function ownTree(folder: string): { folders: string[]; files: string[] } {
  const entries = entriesOf(folder).filter(({ name }) => !NOT_OWN.has(name));
  const pathsOf = (are: (entry: Dirent) => boolean) =>
    entries.filter(are).map(({ name }) => path.join(folder, name));
  const inner = pathsOf((entry) => entry.isDirectory()).map((below) => ({ below, ...ownTree(below) }));
  return {
    folders: inner.flatMap(({ below, folders }) => [below, ...folders]),
    files: [...pathsOf((entry) => entry.isFile()), ...inner.flatMap(({ files }) => files)],
  };
}

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return [];
    throw error;
  }
}
