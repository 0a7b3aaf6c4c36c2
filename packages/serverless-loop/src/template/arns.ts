import { parseArn, unqualifiedArn } from '../aws/arn.ts';

/** A bus may be given by its name or its ARN. */
export function busNameOf(nameOrArn: string): string {
  return parseArn(nameOrArn)?.resource.replace(/^event-bus\//, '') ?? nameOrArn;
}

/** A function may be given by its name, partial ARN or ARN, each with or without a qualifier (Lambda API, "AddPermission"). */
export function functionNameOf(reference: string): string {
  const unqualified = reference.includes('function:')
    ? reference.slice(reference.indexOf('function:') + 9)
    : reference;
  return unqualified.split(':', 1)[0] ?? unqualified;
}

/** The version or alias at the end of such a reference. */
export function functionQualifierOf(reference: string): string | undefined {
  const unprefixed = reference.includes('function:')
    ? reference.slice(reference.indexOf('function:') + 9)
    : reference;
  return unprefixed.split(':', 2)[1];
}

/** The function's ARN without the version or alias at its end; any other ARN as it is. */
export function withoutQualifier(arn: string): string {
  return parseArn(arn)?.service === 'lambda' ? unqualifiedArn(arn) : arn;
}
