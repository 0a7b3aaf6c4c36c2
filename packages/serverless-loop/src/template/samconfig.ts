import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { GivenValues } from './deployment.ts';
import { readSettings, SamConfigError } from './samconfig-file.ts';
import { overridesIn } from './samconfig-overrides.ts';
import { readStoredValues } from './stored-values-file.ts';
import { ParameterOverrideError, parseGivenValues } from './values/parameter-overrides.ts';

export { SamConfigError, samConfigFiles, samConfigOf } from './samconfig-file.ts';
export { overridesIn } from './samconfig-overrides.ts';
export { parseGivenValues, parseParameterOverrides } from './values/parameter-overrides.ts';

/** The part of samconfig.toml about deploying, as far as the loop needs it. */
export interface SamConfig {
  stackName?: string;
  region?: string;
  parameterOverrides: Record<string, string>;
  /** Of its section `loop`, which only the loop reads. */
  given?: GivenValues;
}

type Table = Record<string, unknown>;

/**
 * Reads `[<environment>.deploy.parameters]`, and for what is not there `[<environment>.global.parameters]`
 * (SAM developer guide, "AWS SAM CLI configuration file"), and `[<environment>.loop.parameters]` with what the loop's own
 * `--value`, `--import` and `--store` give. Undefined when there is no such file or no such environment in it; throws a
 * SamConfigError when it can't be understood. `onFile` takes the paths of the files that it refers to.
 */
export function readSamConfig(
  path: string,
  environment = 'default',
  onFile?: (file: string) => void,
): SamConfig | undefined {
  if (!existsSync(path)) return undefined;
  const root = readSettings(path);
  if (!isTable(root) || !Object.hasOwn(root, environment)) return undefined;
  const settings = {
    ...parametersOf(root, environment, 'global'),
    ...parametersOf(root, environment, 'deploy'),
  };
  const stackName = readText(path, settings, 'stack_name');
  const region = readText(path, settings, 'region');
  const given = readGiven(path, parametersOf(root, environment, 'loop'));
  return {
    ...(stackName !== undefined && { stackName }),
    ...(region !== undefined && { region }),
    parameterOverrides: readOverrides(path, settings.parameter_overrides, onFile),
    ...(given && { given }),
  };
}

function parametersOf(root: Table, environment: string, command: string): Table {
  let table: unknown = root;
  for (const key of [environment, command, 'parameters']) table = isTable(table) ? table[key] : undefined;
  return isTable(table) ? table : {};
}

function readGiven(path: string, settings: Table): GivenValues | undefined {
  const { store } = settings;
  if (settings.value === undefined && settings.import === undefined && store === undefined) return undefined;
  const storePath = readText(path, settings, 'store');
  return {
    values: readAssignments(path, 'value', settings.value),
    imports: readAssignments(path, 'import', settings.import),
    ...(storePath !== undefined && { stored: readStoredValues(resolve(dirname(path), storePath)) }),
  };
}

function readAssignments(path: string, name: string, value: unknown): Record<string, string> {
  if (value === undefined) return {};
  if (isTable(value))
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, String(item)]));
  try {
    return parseGivenValues((Array.isArray(value) ? value : [value]).map(String));
  } catch (cause) {
    if (!(cause instanceof ParameterOverrideError)) throw cause;
    throw new SamConfigError(path, undefined, `${name}, ${cause.message}`, { cause });
  }
}

function readText(path: string, settings: Table, name: string): string | undefined {
  const value = settings[name];
  if (value === undefined || typeof value === 'string') return value;
  throw new SamConfigError(path, undefined, `${name}, expected text, found ${JSON.stringify(value)}`);
}

/** Every form that the SAM CLI takes: text, a list, a table, and `file://` for more of it (`sam deploy --help`). */
function readOverrides(
  path: string,
  value: unknown,
  onFile: ((file: string) => void) | undefined,
): Record<string, string> {
  try {
    return overridesIn(value, path, onFile);
  } catch (cause) {
    if (!(cause instanceof ParameterOverrideError)) throw cause;
    throw new SamConfigError(path, undefined, `parameter_overrides, ${cause.message}`, { cause });
  }
}

function isTable(value: unknown): value is Table {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
