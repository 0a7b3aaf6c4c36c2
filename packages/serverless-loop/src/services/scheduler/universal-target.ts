import { upperFirst } from '../../aws/first-letter.ts';
import { signingNameOfSdk } from '../../aws/sdk-services.ts';

/** An operation of a service, as a universal target names it: `arn:aws:scheduler:::aws-sdk:sqs:sendMessage`. */
export interface UniversalTarget {
  service: string;
  /** Begins in lower case, as a method of an SDK. */
  operation: string;
}

const UNIVERSAL = /^arn:aws[\w-]*:scheduler:::aws-sdk:(\w+):(\w+)$/;

/** Operations that read can't be a target (Scheduler guide, "Using universal targets", "Unsupported actions"). */
const READS =
  /^(get|describe|list|poll|receive|search|scan|query|select|read|lookup|discover|validate|batchGet|batchDescribe|batchRead|transactGet|adminGet|adminList|testMigration|retrieve|testConnection|translateDocument|isAuthorized|invokeModel)/;

/** The operation that an ARN names; undefined for the ARN of a resource. */
export function universalOf(arn: string): UniversalTarget | undefined {
  const [, service, operation] = UNIVERSAL.exec(arn) ?? [];
  return service === undefined || operation === undefined ? undefined : { service, operation };
}

export function isReading({ operation }: UniversalTarget): boolean {
  return READS.test(operation);
}

export function isCallable({ service }: UniversalTarget): boolean {
  return signingNameOfSdk(service) !== undefined;
}

/** Its name in the API's model. */
export function apiNameOf({ operation }: UniversalTarget): string {
  return upperFirst(operation);
}
