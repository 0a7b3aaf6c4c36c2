import { WrittenNumber } from '../aws/exact-json.ts';
import { isObject } from '../aws/json-object.ts';
import { readSettings, SamConfigError } from './samconfig-file.ts';
import type { StoredParameter, StoredValues } from './values/stored-values.ts';

const PARAMETER_TYPES = ['String', 'StringList', 'SecureString'] as const;

/**
 * Reads the file of `--store`: JSON, YAML or TOML with `parameters` and `secrets` by their names. A parameter is a text, a list or
 * a map of `type` and `value`; a secret is a text, or a map that becomes JSON. Throws SamConfigError, and never tells a value.
 */
export function readStoredValues(path: string): StoredValues {
  const root = mapOf(readSettings(path), path, 'the file');
  for (const name of Object.keys(root))
    if (name !== 'parameters' && name !== 'secrets')
      throw wrong(path, `expected parameters and secrets, found ${name}`);
  const parameters = Object.entries(mapOf(root.parameters ?? {}, path, 'parameters'));
  const secrets = Object.entries(mapOf(root.secrets ?? {}, path, 'secrets'));
  return {
    parameters: Object.fromEntries(
      parameters.map(([name, value]) => [name, parameterOf(value, path, `parameters, ${name}`)]),
    ),
    secrets: Object.fromEntries(
      secrets.map(([name, value]) => [name, secretOf(value, path, `secrets, ${name}`)]),
    ),
  };
}

function parameterOf(value: unknown, path: string, where: string): StoredParameter {
  if (Array.isArray(value)) return { type: 'StringList', value: value.map(String).join(',') };
  if (!isObject(value)) return { type: 'String', value: textOf(value, path, where) };
  const { type = 'String', value: inner, ...others } = value;
  const known = PARAMETER_TYPES.find((candidate) => candidate === type);
  const [other] = Object.keys(others);
  if (other !== undefined) throw wrong(path, `${where}: expected type and value, found ${other}`);
  if (!known)
    throw wrong(path, `${where}, type: expected one of ${PARAMETER_TYPES.join(', ')}, found another`);
  return { type: known, value: textOf(inner, path, `${where}, value`) };
}

function secretOf(value: unknown, path: string, where: string): string {
  return isObject(value) ? JSON.stringify(value) : textOf(value, path, where);
}

function textOf(value: unknown, path: string, where: string): string {
  if (typeof value === 'string') {
    if (value === '') throw wrong(path, `${where}: expected a text, found an empty one`);
    return value;
  }
  if (value instanceof WrittenNumber) return value.text;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  const found = value === undefined || value === null ? 'nothing' : Array.isArray(value) ? 'a list' : 'a map';
  throw wrong(path, `${where}: expected a text, found ${found}`);
}

function mapOf(value: unknown, path: string, where: string): Record<string, unknown> {
  if (isObject(value)) return value;
  throw wrong(path, `${where}: expected a map, found ${Array.isArray(value) ? 'a list' : 'something else'}`);
}

function wrong(path: string, message: string): SamConfigError {
  return new SamConfigError(path, undefined, message);
}
