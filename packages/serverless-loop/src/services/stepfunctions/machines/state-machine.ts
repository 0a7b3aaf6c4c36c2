import type { MachineType } from '../language/validate-machine.ts';

/** A state machine, all that its making says. */
export interface StateMachineModel {
  /** Empty for one that a call has made. */
  logicalId: string;
  name: string;
  arn: string;
  type: MachineType;
  /** In the states language, as JSON. */
  definition: string;
  roleArn: string;
  logging: MachineLogging;
  isTraced: boolean;
  encryption?: Encryption;
  tags: Readonly<Record<string, string>>;
}

export interface MachineLogging {
  level: LogLevel;
  /** Inputs and outputs are logged, too. */
  includesData: boolean;
  /** With `:*` at its end; absent where nothing is logged. */
  logGroupArn?: string;
}

export const LOG_LEVELS = ['ALL', 'ERROR', 'FATAL', 'OFF'] as const;

export type LogLevel = (typeof LOG_LEVELS)[number];

/** Kept and shown; nothing is encrypted here. */
export interface Encryption {
  type: 'AWS_OWNED_KEY' | 'CUSTOMER_MANAGED_KMS_KEY';
  kmsKeyId?: string;
  kmsDataKeyReusePeriodSeconds?: number;
}

/** A version of a state machine, which never changes. */
export interface VersionModel {
  /** Empty for one that a call has made. */
  logicalId: string;
  /** Its ARN, which is its name as well. */
  name: string;
  machineArn: string;
  number: number;
  description?: string;
}

export interface AliasModel {
  logicalId: string;
  /** Its ARN. */
  name: string;
  machineArn: string;
  aliasName: string;
  description?: string;
  routing: readonly Route[];
}

/** A version, and how many of a hundred executions it gets. */
export interface Route {
  versionArn: string;
  weight: number;
}

export interface ActivityModel {
  logicalId: string;
  name: string;
  arn: string;
  encryption?: Encryption;
  tags: Readonly<Record<string, string>>;
}

export const NO_LOGGING: MachineLogging = { level: 'OFF', includesData: false };

/** A state machine's ARN without the name of a version or an alias; other texts as they are. */
export function machineArnOf(arn: string): string {
  return arn.split(':').slice(0, 7).join(':');
}
