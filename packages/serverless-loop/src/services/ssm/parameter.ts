import { formatArn, type Place, parseArn } from '../../aws/arn.ts';
import { AwsError } from '../../aws/errors.ts';

export const PARAMETER_TYPES = ['String', 'StringList', 'SecureString'] as const;
export const TIERS = ['Standard', 'Advanced', 'Intelligent-Tiering'] as const;

export type ParameterType = (typeof PARAMETER_TYPES)[number];
export type Tier = (typeof TIERS)[number];

/** All that a write of a parameter says. */
export interface ParameterSettings {
  type: ParameterType;
  value: string;
  description?: string;
  allowedPattern?: string;
  keyId?: string;
  tier: Tier;
  dataType: string;
}

export interface ParameterVersion extends ParameterSettings {
  version: number;
  /** Epoch milliseconds. */
  modifiedAt: number;
  /** ARN of who wrote it. */
  modifiedBy: string;
  labels: Set<string>;
}

export interface Parameter {
  name: string;
  /** Oldest first, never empty, the newest 100. */
  versions: ParameterVersion[];
  tags: Map<string, string>;
}

/** A name with or without its slash gives one ARN (Systems Manager guide, "Creating IAM policies for Parameter Store"). */
export function parameterArn(place: Place, name: string): string {
  return formatArn(place, 'ssm', `parameter/${name.replace(/^\//, '')}`);
}

/** A reference to a parameter, as reads take it: `name`, `name:version`, `name:label`, each by an ARN, too. */
export interface ParameterReference {
  name: string;
  /** With its colon. */
  selector?: string;
}

export function parseReference(text: string): ParameterReference {
  const arn = parseArn(text);
  const whole = arn?.service === 'ssm' ? arn.resource.replace(/^parameter/, '') : text;
  const [name = '', ...rest] = whole.split(':');
  return rest.length === 0 ? { name } : { name, selector: `:${rest.join(':')}` };
}

/** Finds what the selector names; the newest without one. Throws AwsError when there is no such version. */
export function selectVersion(parameter: Parameter, selector: string | undefined): ParameterVersion {
  const { name, versions } = parameter;
  const wanted = selector?.slice(1);
  const found =
    wanted === undefined
      ? versions.at(-1)
      : versions.find(({ version, labels }) => String(version) === wanted || labels.has(wanted));
  if (found) return found;
  const text = /^\d+$/.test(wanted ?? '')
    ? `Systems Manager could not find version ${wanted} of ${name}. Verify the version and try again.`
    : `Systems Manager could not find label ${wanted} of ${name}. Verify the label and try again.`;
  throw new AwsError('ParameterVersionNotFound', text);
}
