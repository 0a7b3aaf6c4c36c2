import { AwsError } from '../../aws/errors.ts';
import { list, required, structure, text } from '../../aws/members.ts';
import { shown } from '../../aws/shown.ts';
import type { Parameter } from './parameter.ts';

export const PARAMETER_FILTERS = list(
  structure({
    Key: required(text({ min: 1, max: 132, pattern: 'tag:.+|Name|Type|KeyId|Path|Label|Tier|DataType' })),
    Option: text({ min: 1, max: 10 }),
    Values: list(text({ min: 1, max: 1024 }), { min: 1, max: 50 }),
  }),
);

interface Filter {
  Key: string;
  Option?: string;
  Values?: string[];
}

type Matcher = (parameter: Parameter) => boolean;

/** Systems Manager API, "ParameterStringFilter": of each key the options that it takes, the first where none is given. */
const OPTIONS: Readonly<Record<string, readonly string[]>> = {
  Name: ['Equals', 'BeginsWith', 'Contains'],
  Path: ['OneLevel', 'Recursive'],
  Type: ['Equals', 'BeginsWith'],
  KeyId: ['Equals', 'BeginsWith'],
  Label: ['Equals'],
  Tier: ['Equals'],
  DataType: ['Equals'],
};

/** Returns what tells whether a parameter passes every filter. Throws AwsError. */
export function matcherOf(
  filters: readonly Filter[],
  { allowed }: { allowed?: readonly string[] } = {},
): Matcher {
  const keys = filters.map(({ Key }) => Key);
  if (new Set(keys).size < keys.length)
    throw new AwsError(
      'InvalidFilterKey',
      'The following filters are duplicated in the request: a key may stand once.',
    );
  const matchers = filters.map((filter) => matcher(filter, allowed));
  return (parameter) => matchers.every((matches) => matches(parameter));
}

function matcher({ Key, Option, Values = [] }: Filter, allowed: readonly string[] | undefined): Matcher {
  const isTag = Key.startsWith('tag:');
  if (allowed && !allowed.includes(Key))
    throw new AwsError(
      'InvalidFilterKey',
      `The following filter key is not valid: ${shown(Key)}. Valid filter keys include: [${allowed.join(', ')}].`,
    );
  const options = isTag ? ['Equals'] : (OPTIONS[Key] ?? ['Equals']);
  const option = Option ?? options[0] ?? 'Equals';
  if (!options.includes(option))
    throw new AwsError(
      'InvalidFilterOption',
      `The following filter option is not valid: ${shown(option)}. Valid options include: [${options.join(', ')}].`,
    );
  // A tag may be asked for whatever its value.
  if (Values.length === 0 && !isTag)
    throw new AwsError(
      'InvalidFilterValue',
      `The following filter values are missing : null for filter key ${Key}.`,
    );
  if (Key === 'Path')
    return (parameter) => Values.some((path) => isBelow(parameter.name, path, option === 'Recursive'));
  return (parameter) => {
    const found = valuesOf(parameter, Key);
    if (Values.length === 0) return found.length > 0;
    return found.some((value) => Values.some((wanted) => compare(value, wanted, option)));
  };
}

function compare(value: string, wanted: string, option: string): boolean {
  if (option === 'BeginsWith') return value.startsWith(wanted);
  if (option === 'Contains') return value.includes(wanted);
  return value === wanted || value === wanted.replace(/^\//, '');
}

function valuesOf({ name, versions, tags }: Parameter, key: string): string[] {
  if (key.startsWith('tag:'))
    return [tags.get(key.slice('tag:'.length))].filter((value) => value !== undefined);
  const newest = versions.at(-1);
  if (key === 'Name') return [name];
  if (key === 'Label') return versions.flatMap(({ labels }) => [...labels]);
  const value =
    key === 'Type'
      ? newest?.type
      : key === 'Tier'
        ? newest?.tier
        : key === 'DataType'
          ? newest?.dataType
          : newest?.type === 'SecureString'
            ? (newest.keyId ?? 'alias/aws/ssm')
            : undefined;
  return value === undefined ? [] : [value];
}

/** True for `/a/b` below `/a`, and for `/a/b/c` where all levels count. A name without a slash is below `/`. */
export function isBelow(name: string, path: string, isRecursive: boolean): boolean {
  const prefix = path.endsWith('/') ? path : `${path}/`;
  const whole = name.startsWith('/') ? name : `/${name}`;
  if (!whole.startsWith(prefix)) return false;
  return isRecursive || !whole.slice(prefix.length).includes('/');
}
