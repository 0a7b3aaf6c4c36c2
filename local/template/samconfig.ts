import { existsSync, readFileSync } from 'node:fs';
import { parse, TomlError } from 'smol-toml';
import { TemplateError } from './error.ts';
import { ParameterOverrideError, parseParameterOverrides } from './parameterOverrides.ts';

export { parseParameterOverrides } from './parameterOverrides.ts';

/** What samconfig.toml says about deploying, as far as the loop needs it. */
export interface SamConfig {
  stackName?: string;
  region?: string;
  parameterOverrides: Record<string, string>;
}

type Table = Record<string, unknown>;

/**
 * Reads `[<environment>.deploy.parameters]`, and for what is not there `[<environment>.global.parameters]`
 * (SAM developer guide, "AWS SAM CLI configuration file"). Undefined when there is no such file;
 * throws a TemplateError when it can't be understood.
 */
export function readSamConfig(path: string, environment = 'default'): SamConfig | undefined {
  if (!existsSync(path)) return undefined;
  const root = parseToml(path);
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
    return parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    if (!(cause instanceof TomlError)) throw cause;
    const message = cause.message.split('\n', 1)[0] ?? cause.message;
    throw new TemplateError(path, [{ line: cause.line, message }], { cause });
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
  throw new TemplateError(path, [{ message: `${name}, expected text, found ${JSON.stringify(value)}` }]);
}

function readOverrides(path: string, value: unknown): Record<string, string> {
  if (value === undefined) return {};
  if (isTable(value))
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, overrideText(item)]));
  try {
    return parseParameterOverrides(Array.isArray(value) ? value.map(String) : String(value));
  } catch (cause) {
    if (!(cause instanceof ParameterOverrideError)) throw cause;
    throw new TemplateError(path, [{ message: `parameter_overrides, ${cause.message}` }], { cause });
  }
}

/** A list becomes a CommaDelimitedList. */
function overrideText(value: unknown): string {
  return Array.isArray(value) ? value.map(String).join(',') : String(value);
}

function isTable(value: unknown): value is Table {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
