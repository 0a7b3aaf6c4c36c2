import { cpSync, existsSync, readFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './project.ts';

const COPIED = [
  'template.yaml',
  'samconfig.toml',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'src',
];

/** A project whose function answers with what its files were last marked with. */
export interface MarkedProject {
  folder: string;
  /** Saves `file` with another mark, as an editor would. */
  mark(file: string, mark: number): void;
}

/**
 * Copies the project, and puts a handler around that of `entry` (a path below src/) which adds `marks` to its answer.
 * A marked file sets its mark when it is loaded.
 */
export function copyMarkedProject(folder: string, entry: string): MarkedProject {
  for (const name of COPIED) {
    const from = path.join(ROOT, name);
    if (existsSync(from)) cpSync(from, path.join(folder, name), { recursive: true });
  }
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'));
  const handler = path.join(folder, 'src', entry);
  renameSync(handler, handler.replace(/\.ts$/, '.original.ts'));
  writeFileSync(handler, markingHandler(`./${path.basename(entry, '.ts')}.original.ts`));

  return {
    folder,
    mark(file, mark) {
      const target = path.join(folder, 'src', file);
      const original = readFileSync(path.join(ROOT, 'src', file), 'utf8');
      const statement = `Object.assign(globalThis, { marks: { ...globalThis.marks, '${file}': ${mark} } });\n`;
      writeFileSync(target, original + statement);
    },
  };
}

function markingHandler(original: string): string {
  return `import { handler as original } from '${original}';

export const handler = async (event, context) => ({
  ...(await original(event, context)),
  marks: globalThis.marks,
});
`;
}
