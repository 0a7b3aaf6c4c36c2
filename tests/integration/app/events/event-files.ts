import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../../../unit/app/template.ts';

const FOLDER = path.join(ROOT, 'events');

/** Every JSON file of events/, by name. */
export const EVENT_FILES = readdirSync(FOLDER).filter((file) => file.endsWith('.json'));

/** A file's text, byte for byte what `-e` sends. */
export function textOf(file: string): string {
  return readFileSync(path.join(FOLDER, file), 'utf8');
}

/** The object in a file. */
export function objectIn(file: string): Record<string, unknown> {
  return JSON.parse(textOf(file));
}
