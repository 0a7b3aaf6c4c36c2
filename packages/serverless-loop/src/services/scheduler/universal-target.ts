/** An operation of a service, as a universal target names it: `arn:aws:scheduler:::aws-sdk:sqs:sendMessage`. */
export interface UniversalTarget {
  service: string;
  /** Begins in lower case, as a method of an SDK. */
  operation: string;
}

const UNIVERSAL = /^arn:aws[\w-]*:scheduler:::aws-sdk:(\w+):(\w+)$/;

/** Names of the SDKs' clients, and the names that the same services sign by: those whose operations the loop can call so. */
const SIGNED_BY: Readonly<Record<string, string>> = {
  cloudwatch: 'monitoring',
  cloudwatchlogs: 'logs',
  dynamodb: 'dynamodb',
  eventbridge: 'events',
  lambda: 'lambda',
  sfn: 'states',
  sns: 'sns',
  sqs: 'sqs',
};

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

/** The service's name in the scope of signatures; undefined for one whose operations can't be called so here. */
export function signingNameOf({ service }: Pick<UniversalTarget, 'service'>): string | undefined {
  return Object.hasOwn(SIGNED_BY, service) ? SIGNED_BY[service] : undefined;
}

export function isCallable(target: UniversalTarget): boolean {
  return signingNameOf(target) !== undefined;
}
