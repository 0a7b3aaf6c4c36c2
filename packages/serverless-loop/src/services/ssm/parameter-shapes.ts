import { hash } from 'node:crypto';
import type { Place } from '../../aws/arn.ts';
import { integer, list, oneOf, required, structure, text, timestamp } from '../../aws/members.ts';
import { PARAMETER_TYPES, type Parameter, type ParameterVersion, parameterArn, TIERS } from './parameter.ts';

export const NAME = text({ min: 1, max: 2048 });

export const PARAMETER = structure({
  Name: NAME,
  Type: oneOf(PARAMETER_TYPES),
  Value: text(),
  Version: integer(),
  Selector: text(),
  SourceResult: text(),
  LastModifiedDate: timestamp(),
  ARN: text(),
  DataType: text(),
});

const DESCRIBED = {
  Name: NAME,
  Type: oneOf(PARAMETER_TYPES),
  KeyId: text(),
  LastModifiedDate: timestamp(),
  LastModifiedUser: text(),
  Description: text(),
  AllowedPattern: text(),
  Version: integer(),
  Tier: oneOf(TIERS),
  Policies: list(structure({ PolicyText: text(), PolicyType: text(), PolicyStatus: text() })),
  DataType: text(),
} as const;

export const PARAMETER_METADATA = structure({ ...DESCRIBED, ARN: text() });
export const PARAMETER_HISTORY = structure({ ...DESCRIBED, Value: text(), Labels: list(text()) });

export const TAG = structure({
  Key: required(text({ min: 1, max: 128 })),
  Value: required(text({ max: 256 })),
});

export interface ShownParameter {
  parameter: Parameter;
  version: ParameterVersion;
  selector?: string;
}

export function shownParameter(
  { parameter, version, selector }: ShownParameter,
  { decrypts, place }: { decrypts: boolean; place: Place },
) {
  return {
    Name: parameter.name,
    Type: version.type,
    Value: shownValue(version, decrypts),
    Version: version.version,
    Selector: selector,
    LastModifiedDate: version.modifiedAt,
    ARN: parameterArn(place, parameter.name),
    DataType: version.dataType,
  };
}

/** A secure string goes out as what KMS made of it, unless its decryption is asked for. */
export function shownValue({ type, value }: ParameterVersion, decrypts: boolean): string {
  if (type !== 'SecureString' || decrypts) return value;
  // Nobody can make the value of it again, nor guess a short one by trying.
  return Buffer.from(hash('sha512', `${KEY}${value}`, 'hex')).toString('base64');
}

const KEY = crypto.randomUUID();

export function describedVersion({ name }: Parameter, version: ParameterVersion) {
  return {
    Name: name,
    Type: version.type,
    KeyId: version.type === 'SecureString' ? (version.keyId ?? 'alias/aws/ssm') : undefined,
    LastModifiedDate: version.modifiedAt,
    LastModifiedUser: version.modifiedBy,
    Description: version.description,
    AllowedPattern: version.allowedPattern,
    Version: version.version,
    Tier: version.tier,
    Policies: [],
    DataType: version.dataType,
  };
}
