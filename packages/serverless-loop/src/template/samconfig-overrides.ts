import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { isObject } from '../aws/json-object.ts';
import { readSettings, SamConfigError } from './samconfig-file.ts';
import { parseParameterOverrides } from './values/parameter-overrides.ts';

/**
 * Parameter overrides in every form that the SAM CLI takes (`sam deploy --help`): text, a list, a table, `file://` with any of
 * these in TOML, YAML or JSON, and `$include` of such a file in a table. `path`: the file that they stand in; relative names are
 * about its folder. Throws ParameterOverrideError, SamConfigError.
 */
export function overridesIn(value: unknown, path: string): Record<string, string> {
  return read(value, [path]);
}

/** `files`: those that lead here, the innermost last. */
function read(value: unknown, files: readonly string[]): Record<string, string> {
  if (value === undefined || value === null) return {};
  if (Array.isArray(value)) return joined(value.map((item) => read(item, files)));
  if (isObject(value))
    return joined(
      Object.entries(value).map(([key, item]) =>
        key === '$include' ? read(item, files) : { [key]: overrideText(item) },
      ),
    );
  const text = String(value);
  return text.startsWith('file://') ? ofFile(text, files) : parseParameterOverrides([text]);
}

function joined(parts: readonly Record<string, string>[]): Record<string, string> {
  return Object.fromEntries(parts.flatMap((part) => Object.entries(part)));
}

function ofFile(url: string, files: readonly string[]): Record<string, string> {
  const from = files.at(-1) ?? '';
  const file = resolve(dirname(from), url.slice('file://'.length));
  if (files.includes(file)) throw new SamConfigError(from, undefined, `${url} leads to itself`);
  if (!existsSync(file))
    throw new SamConfigError(from, undefined, `${url}, expected a file at ${file}, found none`);
  return read(readSettings(file), [...files, file]);
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
