import type { Place } from '../../aws/arn.ts';
import { AwsError } from '../../aws/errors.ts';
import { sortedBy } from '../../aws/sorted.ts';
import type { Parameter, ParameterSettings, ParameterVersion } from './parameter.ts';
import { parseReference, selectVersion } from './parameter.ts';
import { checkLabels, checkName, checkSettings } from './parameter-rules.ts';

/** A write of a parameter; the settings that are absent stay as they were. */
export interface ParameterWrite extends Partial<ParameterSettings> {
  name: string;
  value: string;
  overwrite: boolean;
  tags?: ReadonlyMap<string, string>;
  /** ARN of who writes. */
  by: string;
}

export interface ParameterStore {
  list(): Parameter[];
  /** By name or ARN, in each of its spellings. */
  find(name: string): Parameter | undefined;
  /** Throws AwsError. */
  get(name: string): Parameter;
  /** Reads the value that `name`, `name:version` or `name:label` stands for. Throws AwsError. */
  read(reference: string): { parameter: Parameter; version: ParameterVersion; selector?: string };
  /** Throws AwsError for what Parameter Store doesn't take; then nothing is changed. */
  put(write: ParameterWrite): ParameterVersion;
  label(parameter: Parameter, version: ParameterVersion, labels: readonly string[]): string[];
  remove(name: string): boolean;
}

/** Of the oldest the hundred and first is dropped (Systems Manager guide, "Working with parameter versions"). */
const KEPT_VERSIONS = 100;

/** AWS Systems Manager Parameter Store, in memory. */
export function parameterStore({ place, now }: { place: Place; now: () => number }): ParameterStore {
  const parameters = new Map<string, Parameter>();

  /** `/name` and `name` share an ARN, and are one parameter, whose name is as it was made. */
  function find(text: string): Parameter | undefined {
    const { name } = parseReference(text);
    return parameters.get(name) ?? parameters.get(name.startsWith('/') ? name.slice(1) : `/${name}`);
  }

  function get(name: string): Parameter {
    const found = find(name);
    if (!found) throw new AwsError('ParameterNotFound', `Parameter ${name} not found.`);
    return found;
  }

  return {
    list: () => sortedBy(parameters.values(), ({ name }) => name),
    find,
    get,
    read(reference) {
      const { selector } = parseReference(reference);
      const parameter = get(reference);
      const version = selectVersion(parameter, selector);
      return { parameter, version, ...(selector !== undefined && { selector }) };
    },
    put({ name, overwrite, tags, by, ...settings }) {
      const existing = find(name);
      if (!existing) checkName(name, place);
      if (existing && !overwrite)
        throw new AwsError(
          'ParameterAlreadyExists',
          'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.',
        );
      const before = existing?.versions.at(-1);
      if (!before && settings.type === undefined)
        throw new AwsError(
          'ValidationException',
          'A parameter type is required when you create a parameter.',
        );
      const version: ParameterVersion = {
        type: before?.type ?? 'String',
        tier: 'Standard',
        dataType: 'text',
        ...(before?.description !== undefined && { description: before.description }),
        ...(before?.allowedPattern !== undefined && { allowedPattern: before.allowedPattern }),
        ...(before?.keyId !== undefined && { keyId: before.keyId }),
        ...settings,
        version: (before?.version ?? 0) + 1,
        modifiedAt: now(),
        modifiedBy: by,
        labels: new Set(),
      };
      checkSettings(version, before);
      const versions = existing?.versions ?? [];
      refuseLabelledOldest(name, versions);
      versions.push(version);
      versions.splice(0, versions.length - KEPT_VERSIONS);
      if (!existing) parameters.set(name, { name, versions, tags: new Map(tags) });
      return version;
    },
    label(parameter, version, labels) {
      const { valid, invalid } = checkLabels(labels);
      const after = new Set([...version.labels, ...valid]);
      if (after.size > 10)
        throw new AwsError(
          'ParameterVersionLabelLimitExceeded',
          'A parameter version can have maximum 10 labels. Move one or more labels to another version and try again.',
        );
      // A label is one version's at a time.
      for (const other of parameter.versions) for (const label of valid) other.labels.delete(label);
      for (const label of valid) version.labels.add(label);
      return invalid;
    },
    remove(name) {
      const found = find(name);
      return found !== undefined && parameters.delete(found.name);
    },
  };
}

/** Systems Manager API, "PutParameter", ParameterMaxVersionLimitExceeded: the oldest may not be dropped while it has a label. */
function refuseLabelledOldest(name: string, versions: readonly ParameterVersion[]): void {
  const [oldest] = versions;
  if (versions.length < KEPT_VERSIONS || !oldest || oldest.labels.size === 0) return;
  throw new AwsError(
    'ParameterMaxVersionLimitExceeded',
    `You attempted to create a new version of ${name} by calling the PutParameter API with the overwrite flag. Version ${oldest.version}, the oldest version, can't be deleted because it has a label associated with it. Move the label to another version of the parameter, and try again.`,
  );
}
