import { AwsError } from '../aws/errors.ts';
import type { JsonObject } from '../aws/json-object.ts';
import { parseFault } from '../faults/fault.ts';
import { UsageError } from '../usage-error.ts';

/** Members that are numbers on a command line, too. */
const NUMBERS = new Set(['nth', 'percentage', 'count', 'delayMs', 'status']);

/** Reads `ACTION,NAME=VALUE,…`. Throws UsageError for a fault that can't be. */
export function faultSetting(given: string): JsonObject {
  const members = faultOption(given);
  if (typeof members === 'string') throw new UsageError(`--fault: ${members}`);
  try {
    parseFault(members);
    return members;
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    throw new UsageError(`--fault: "${given}": ${error.message}`);
  }
}

/** Says what is wrong with it by a text. */
function faultOption(given: string): JsonObject | string {
  const [action = '', ...settings] = given.split(',');
  const members: JsonObject = { action };
  for (const setting of settings) {
    const [, name, value] = /^(\w+)=(.+)$/.exec(setting) ?? [];
    if (name === undefined || value === undefined) return `expected NAME=VALUE, found "${setting}"`;
    members[name] = valueIn(name, value);
  }
  return members;
}

function valueIn(name: string, value: string): unknown {
  if (NUMBERS.has(name) && value.trim() !== '' && !Number.isNaN(Number(value))) return Number(value);
  if (name === 'preventExecution') return value === 'true' ? true : value === 'false' ? false : value;
  // Commas part the settings.
  return name === 'operation' ? value.replaceAll('+', ',') : value;
}
