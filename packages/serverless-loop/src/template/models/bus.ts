import type { JsonObject } from '../../aws/json-object.ts';

export interface BusModel {
  logicalId: string;
  name: string;
  arn: string;
  description?: string;
  settings?: BusSettings;
  /** The statements of its resource policy, as JSON has them. */
  policy?: readonly JsonObject[];
}

/** Settings of a bus that are shown and without effect. */
export interface BusSettings {
  KmsKeyIdentifier?: string;
  DeadLetterConfig?: JsonObject;
  LogConfig?: JsonObject;
}

export interface RuleModel {
  logicalId: string;
  name: string;
  arn: string;
  line: number;
  busName: string;
  enabled: boolean;
  description?: string;
  roleArn?: string;
  /** The event pattern, a JSON object. Absent for a schedule. */
  pattern?: Record<string, unknown>;
  scheduleExpression?: string;
  targets: TargetModel[];
}

export interface TargetModel {
  id: string;
  arn: string;
  /** Of the role in whose name it is sent to, where that needs one: another bus. */
  roleArn?: string;
  /** Parameters of one kind of target alone, as a call gave them. */
  more?: Record<string, unknown>;
  input?: string;
  inputPath?: string;
  inputTransformer?: { inputPathsMap: Record<string, string>; inputTemplate: string };
  retryPolicy: { maximumRetryAttempts: number; maximumEventAgeSeconds: number };
  deadLetterArn?: string;
}
