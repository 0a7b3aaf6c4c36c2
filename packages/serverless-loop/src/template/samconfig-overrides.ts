import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { isObject } from '../aws/json-object.ts';
import { readSettings, SamConfigError } from './samconfig-file.ts';
import { parseParameterOverrides } from './values/parameter-overrides.ts';

/**
 * Parameter overrides in every form that the SAM CLI takes (`sam deploy --help`): text, a list, a table, `file://` with any of
 * these in TOML, YAML or JSON, and `$include` of such a file in a table. `path`: the file that they stand in; relative names are
 * about its folder. `onFile` takes the path of every file that is asked for. Throws ParameterOverrideError, SamConfigError.
 */
export function overridesIn(
  value: unknown,
  path: string,
  onFile: (file: string) => void = () => {},
): Record<string, string> {
  return read(value, { files: [path], onFile });
}

interface Around {
  /** Those that lead here, the innermost last. */
  files: readonly string[];
  onFile(file: string): void;
}

function read(value: unknown, around: Around): Record<string, string> {
  if (value === undefined || value === null) return {};
  if (Array.isArray(value)) return joined(value.map((item) => read(item, around)));
  if (isObject(value))
    return joined(
      Object.entries(value).map(([key, item]) =>
        key === '$include' ? read(item, around) : { [key]: overrideText(item) },
      ),
    );
  const text = String(value);
  return text.startsWith('file://') ? ofFile(text, around) : parseParameterOverrides([text]);
}

function joined(parts: readonly Record<string, string>[]): Record<string, string> {
  return Object.fromEntries(parts.flatMap((part) => Object.entries(part)));
}

function ofFile(url: string, { files, onFile }: Around): Record<string, string> {
  const from = files.at(-1) ?? '';
  const file = resolve(dirname(from), url.slice('file://'.length));
  onFile(file);
  if (files.includes(file)) throw new SamConfigError(from, undefined, `${url} leads to itself`);
  if (!existsSync(file))
    throw new SamConfigError(from, undefined, `${url}, expected a file at ${file}, found none`);
  return read(readSettings(file), { files: [...files, file], onFile });
}

/** A list becomes a CommaDelimitedList; nothing, an empty text. */
function overrideText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (!Array.isArray(value)) return String(value);
  return value
    .filter((item) => item !== null && item !== '')
    .map((item) => String(item).trim())
    .join(',');
}
