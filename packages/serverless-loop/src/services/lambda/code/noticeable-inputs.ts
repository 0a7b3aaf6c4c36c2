import path from 'node:path';
import { nearest } from './fingerprint.ts';
import { isPackageFile } from './package-border.ts';
import { tsconfigFiles } from './tsconfig-files.ts';

const LOCK_FILES = ['package-lock.json', 'npm-shrinkwrap.json', 'yarn.lock', 'pnpm-lock.yaml'];

/**
 * The inputs that are hashed: own files, and for those in node_modules the lock file in their place (but for a project
 * that has none), and what esbuild reads besides: tsconfig.json, what that extends, and package.json.
 */
export function noticeableInputs(inputs: string[], codeUri: string, tsconfig: unknown): Set<string> {
  const lock = nearest(LOCK_FILES, codeUri);
  const counted = lock ? inputs.filter((input) => !isPackageFile(input)) : inputs;
  const config =
    typeof tsconfig === 'string' ? path.resolve(codeUri, tsconfig) : nearest(['tsconfig.json'], codeUri);
  const settings = [lock, nearest(['package.json'], codeUri)].filter((file) => file !== undefined);
  return new Set([...counted, ...settings, ...(config === undefined ? [] : tsconfigFiles(config))]);
}
