import type { Statement } from '../../aws/statement.ts';
import type { RoleModel } from './role.ts';

export interface FunctionModel {
  logicalId: string;
  name: string;
  arn: string;
  /** Line of the resource in the template, for messages. */
  line: number;
  runtime: string;
  handler: string;
  architecture: string;
  timeoutMs: number;
  memorySizeMB: number;
  /** The size of its /tmp. */
  ephemeralStorageMB: number;
  /** As the template declares it; AWS's own variables come on top. */
  environment: Record<string, string>;
  code: CodeModel;
  /** In the template's order: what a later one has wins. */
  layers?: LayerModel[];
  tracing: 'Active' | 'PassThrough';
  logging: LoggingModel;
  /** Undefined: no limit of its own. 0: nothing runs. */
  reservedConcurrency?: number;
  /** The function may be called again and again by what it sends itself. */
  recursiveLoop?: 'Allow';
  role: RoleModel;
  description?: string;
  tags?: Record<string, string>;
  /** Of invocations by the bare name or `$LATEST`. */
  asyncInvoke: AsyncInvokeModel;
  /** Its published version and the aliases; `$LATEST` is always there. */
  qualifiers: QualifierModel[];
  /** The resource policies of the function, its versions and aliases in one: each statement names whose it is. */
  resourcePolicy: Statement[];
  /** Its changes by calls; absent for one that nobody but its template has made or changed. */
  changed?: FunctionChange;
  /** Settings without effect, which calls have given and calls read again. */
  shown?: ShownSettings;
}

/** The last change of a function by a call. */
export interface FunctionChange {
  /** Epoch milliseconds. */
  at: number;
  revisionId: string;
  /** The number of the version that was published last, whether it is still there or not. */
  lastVersion?: number;
}

/** Lambda API reference, "CreateFunction", "PutRuntimeManagementConfig". */
export interface ShownSettings {
  layerArns?: string[];
  vpc?: { subnetIds: string[]; securityGroupIds: string[] };
  kmsKeyArn?: string;
  snapStart?: 'PublishedVersions' | 'None';
  runtimeUpdates?: { on: 'Auto' | 'Manual' | 'FunctionUpdate'; versionArn?: string };
}

/** A published version or an alias of a function. */
export interface QualifierModel {
  name: string;
  /** The version it leads to; a version leads to itself. */
  version: string;
  /** Of invocations by this very name. */
  asyncInvoke: AsyncInvokeModel;
  description?: string;
  revisionId?: string;
  /** Of an alias: the parts of its calls, from 0 to 1, that go to other versions. */
  weights?: Record<string, number>;
  /** Of a version: the function as it was published. Absent: it runs what `$LATEST` runs. */
  published?: FunctionModel;
  /** Environments that are to be kept ready, which is without effect. */
  provisioned?: { count: number; at: number };
}

/** A layer's folder, and where in /opt its content lies; at the top when that is empty. */
export interface LayerModel {
  folder: string;
  at: string;
  /** Its zip in S3, to be unpacked before it is there. */
  packed?: { bucket: string; key: string; version?: string };
}

export type CodeModel =
  | {
      kind: 'esbuild';
      /** Absolute folder. */
      codeUri: string;
      /** Relative to codeUri, at least one. */
      entryPoints: string[];
      /** The template's BuildProperties but for EntryPoints, in the template's names, e.g. `{ Minify: true }`. */
      properties: Record<string, unknown>;
    }
  | { kind: 'folder'; codeUri: string }
  | { kind: 'inline'; source: string }
  /** A zip in S3, to be unpacked before it runs. */
  | { kind: 's3'; bucket: string; key: string; version?: string }
  /** That zip, unpacked: a folder that never changes. The size is the zip's. */
  | { kind: 'package'; codeUri: string; sha256Base64: string; sizeBytes: number };

export interface LoggingModel {
  format: 'Text' | 'JSON';
  applicationLogLevel: string;
  systemLogLevel: string;
  logGroup: string;
}

export interface AsyncInvokeModel {
  /** True when an EventInvokeConfig says all this; otherwise Lambda's defaults hold. */
  isConfigured?: boolean;
  /** Limits that hold by default, of a configuration that says nothing of them. */
  unsaid?: readonly ('retries' | 'age')[];
  /** Epoch milliseconds, where a call has configured it. */
  changedAt?: number;
  /** Tries after the first on a function error, 0-2. */
  maximumRetryAttempts: number;
  maximumEventAgeSeconds: number;
  onFailureArn?: string;
  onSuccessArn?: string;
  /** The function's own DeadLetterConfig. */
  deadLetterArn?: string;
}
