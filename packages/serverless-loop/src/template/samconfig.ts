import { existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { parse, TomlError } from 'smol-toml';
import { decodeUtf8, TextError } from '../text-file.ts';
import { ParameterOverrideError, parseParameterOverrides } from './values/parameter-overrides.ts';

export { parseParameterOverrides } from './values/parameter-overrides.ts';

/** A samconfig.toml that can't be understood. */
export class SamConfigError extends Error {
  override readonly name = 'SamConfigError';
  readonly path: string;
  /** From 1; known for text that is no TOML. */
  readonly line: number | undefined;

  constructor(path: string, line: number | undefined, message: string, options?: ErrorOptions) {
    super(`${basename(path)}${line === undefined ? '' : `:${line}`}: ${message}`, options);
    this.path = path;
    this.line = line;
  }
}

/** The part of samconfig.toml about deploying, as far as the loop needs it. */
export interface SamConfig {
  stackName?: string;
  region?: string;
  parameterOverrides: Record<string, string>;
}

type Table = Record<string, unknown>;

/**
 * Reads `[<environment>.deploy.parameters]`, and for what is not there `[<environment>.global.parameters]`
 * (SAM developer guide, "AWS SAM CLI configuration file"). Undefined when there is no such file or no such
 * environment in it; throws a SamConfigError when it can't be understood.
 */
export function readSamConfig(path: string, environment = 'default'): SamConfig | undefined {
  if (!existsSync(path)) return undefined;
  const root = parseToml(path);
  if (!Object.hasOwn(root, environment)) return undefined;
  const settings = {
    ...parametersOf(root, environment, 'global'),
    ...parametersOf(root, environment, 'deploy'),
  };
  const stackName = readText(path, settings, 'stack_name');
  const region = readText(path, settings, 'region');
  return {
    ...(stackName !== undefined && { stackName }),
    ...(region !== undefined && { region }),
    parameterOverrides: readOverrides(path, settings.parameter_overrides),
  };
}

function parseToml(path: string): Table {
  try {
    return parse(decodeUtf8(readFileSync(path)));
  } catch (cause) {
    if (cause instanceof TextError) throw new SamConfigError(path, undefined, cause.message, { cause });
    if (!(cause instanceof TomlError)) throw cause;
    const message = cause.message.split('\n', 1)[0] ?? cause.message;
    throw new SamConfigError(path, cause.line, message, { cause });
  }
}

function parametersOf(root: Table, environment: string, command: string): Table {
  let table: unknown = root;
  for (const key of [environment, command, 'parameters']) table = isTable(table) ? table[key] : undefined;
  return isTable(table) ? table : {};
}

function readText(path: string, settings: Table, name: string): string | undefined {
  const value = settings[name];
  if (value === undefined || typeof value === 'string') return value;
  throw new SamConfigError(path, undefined, `${name}, expected text, found ${JSON.stringify(value)}`);
}

function readOverrides(path: string, value: unknown): Record<string, string> {
  if (value === undefined) return {};
  if (isTable(value))
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, overrideText(item)]));
  try {
    return parseParameterOverrides(Array.isArray(value) ? value.map(String) : String(value));
  } catch (cause) {
    if (!(cause instanceof ParameterOverrideError)) throw cause;
    throw new SamConfigError(path, undefined, `parameter_overrides, ${cause.message}`, { cause });
  }
}

/** A list becomes a CommaDelimitedList. */
function overrideText(value: unknown): string {
  return Array.isArray(value) ? value.map(String).join(',') : String(value);
}

function isTable(value: unknown): value is Table {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
