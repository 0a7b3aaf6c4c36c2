/** The place that the loop pretends to be in: the account and Region of every ARN and URL it makes. */
export interface Place {
  partition: string;
  region: string;
  accountId: string;
}

export interface Arn extends Place {
  service: string;
  /** All after the fifth colon, e.g. `function:packer` or `rule/bus/name`. */
  resource: string;
}

export function formatArn(place: Place, service: string, resource: string): string {
  return `arn:${place.partition}:${service}:${place.region}:${place.accountId}:${resource}`;
}

/** The version of a function that calls by its bare name run (Lambda guide, "Manage Lambda function versions"). */
export const LATEST = '$LATEST';

/** The version or alias at the end of a function's ARN. */
export function qualifierOfArn(functionArn: string): string | undefined {
  return functionArn.split(':')[7];
}

/** The ARN of a function or a state machine, without the version or alias at its end. */
export function unqualifiedArn(arn: string): string {
  return arn.split(':').slice(0, 7).join(':');
}

/** The parts of an ARN, or undefined when the text is none. */
export function parseArn(text: string): Arn | undefined {
  const [scheme, partition, service, region, accountId, ...rest] = text.split(':');
  if (scheme !== 'arn' || !partition || !service || region === undefined || accountId === undefined)
    return undefined;
  if (rest.length === 0) return undefined;
  return { partition, service, region, accountId, resource: rest.join(':') };
}
