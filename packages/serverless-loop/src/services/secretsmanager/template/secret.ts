import { parseObject } from '../../../aws/json-limits.ts';
import type { Properties } from '../../../template/properties.ts';
import { readOwn } from '../../../template/read-own.ts';
import type { Resource } from '../../../template/resource.ts';
import type { Reading } from '../../../template/resource-kind.ts';
import { readTags } from '../../../template/resource-tags.ts';
import type { World } from '../../../template/world.ts';
import type { GeneratedValue, SecretModel } from '../secret-model.ts';

const KNOWN = [
  'Description',
  'GenerateSecretString',
  'KmsKeyId',
  'Name',
  'ReplicaRegions',
  'SecretString',
  'Tags',
  'Type',
];

/** Reads each AWS::SecretsManager::Secret. */
export function readSecrets(reading: Reading): void {
  readOwn(reading, 'AWS::SecretsManager::Secret', readSecret);
}

function readSecret(resource: Resource, world: World): SecretModel {
  const properties = world.read(resource, KNOWN);
  world.reports.emulated(resource);
  world.reportLeftOut(resource, properties);
  const description = properties.text('Description');
  const kmsKeyId = properties.text('KmsKeyId');
  const generated = properties.section('GenerateSecretString');
  const text = properties.text('SecretString');
  if (generated && text !== undefined)
    properties.complain('SecretString', 'expected it or GenerateSecretString, found both');
  const value = generated ? generatedValue(generated) : text;
  return {
    logicalId: resource.logicalId,
    name: world.name(resource, properties, 'Name', /^[\w/+=.@!-]{1,512}$/),
    ...(description !== undefined && { description }),
    ...(kmsKeyId !== undefined && { kmsKeyId }),
    ...(value !== undefined && { value }),
    tags: readTags(properties),
  };
}

/** Template reference, "AWS::SecretsManager::Secret GenerateSecretString". */
function generatedValue(properties: Properties): GeneratedValue {
  const template = properties.text('SecretStringTemplate');
  const key = properties.text('GenerateStringKey');
  const length = properties.integer('PasswordLength', 1, 4096);
  if ((template === undefined) !== (key === undefined))
    properties.complain(
      template === undefined ? 'GenerateStringKey' : 'SecretStringTemplate',
      'expected SecretStringTemplate and GenerateStringKey, found one of them',
    );
  if (template !== undefined && !parseObject(template))
    properties.complain('SecretStringTemplate', `expected a JSON object, found ${template}`);
  return {
    ...(template !== undefined && { template }),
    ...(key !== undefined && { key }),
    ...(length !== undefined && { length }),
    excludeCharacters: properties.text('ExcludeCharacters') ?? '',
    excludeNumbers: properties.boolean('ExcludeNumbers') ?? false,
    excludePunctuation: properties.boolean('ExcludePunctuation') ?? false,
    excludeUppercase: properties.boolean('ExcludeUppercase') ?? false,
    excludeLowercase: properties.boolean('ExcludeLowercase') ?? false,
    includeSpace: properties.boolean('IncludeSpace') ?? false,
    requireEachIncludedType: properties.boolean('RequireEachIncludedType') ?? true,
  };
}
