/** The stack that runs, as `GET /_loop/stack` tells it. */
export interface Stack {
  stackName: string;
  region: string;
  accountId: string;
  functions: readonly NamedFunction[];
  tables: readonly Named[];
  buses: readonly Named[];
  rules: readonly Named[];
  queues: readonly (Named & { url: string })[];
  outputs: Readonly<Record<string, string>>;
  resources: readonly Resource[];
  schedules: readonly Schedule[];
}

export interface Named {
  logicalId: string;
  name: string;
  arn: string;
}

export interface NamedFunction extends Named {
  alias?: string;
}

/** A resource of the template, and what the loop does with it. */
export interface Resource {
  logicalId: string;
  type: string;
  /** A name, or an ARN. */
  physicalId: string;
  status: string;
  /** The resource that SAM made it from. */
  madeFrom?: string;
  note?: string;
}

export interface Schedule {
  name: string;
  [member: string]: unknown;
}
