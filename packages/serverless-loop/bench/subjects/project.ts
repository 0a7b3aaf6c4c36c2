import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { FigureOptions } from '../figure.ts';

/** The repository, whose application is what the loop runs under measurement. */
export const ROOT = path.resolve(import.meta.dirname, '../../../..');

/** A new empty folder that is gone when the figure ends. */
export function temporaryFolder({ atEnd }: Pick<FigureOptions, 'atEnd'>): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'bench-'));
  atEnd(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
