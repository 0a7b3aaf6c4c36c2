import type { Place } from '../../aws/arn.ts';
import type { RecordSegment } from '../../aws/segment.ts';
import type { Report } from '../../facts.ts';
import type { FunctionModel } from '../../template/model.ts';
import type { Inspection } from './debugging/debug-port.ts';

export interface LambdaOptions {
  functions: FunctionModel[];
  place: Place;
  /** The gateway: becomes the functions' AWS_ENDPOINT_URL. */
  endpoint: string;
  report: Report;
  credentialsFor(fn: FunctionModel): FunctionCredentials;
  /** Takes the segments that Lambda records of active tracing. */
  recordSegment: RecordSegment;
  /** host:port of the X-Ray collector. */
  xrayDaemonAddress: string;
  /** Folder for bundles, outside the project so that no node_modules leaks in. */
  cacheDir: string;
  /** Folder whose relative paths messages show. */
  projectDir: string;
  watch: boolean;
  /** Most environments started for one function when no reserved concurrency says less. */
  maxEnvironments?: number;
  /** So many functions have an environment that waits for callers from the start. */
  maxAhead?: number;
  /** An initialisation may take so long. */
  initLimitMs?: number;
  /** An invocation waits so long for a busy environment before another one is started. */
  growAfterMs?: number;
  /** After a save the next one is waited for so long, with esbuild's service (100 to 250 MB) and processes (55 MB). */
  lingerMs?: number;
  /** A function's whole bundle is built when nothing is saved for so long. */
  settleAfterMs?: number;
  /** Functions may connect to AWS, but for the services that the loop has. */
  allowsAws?: boolean;
  /** Of AWS's host names, the parts that name a service which the loop has: calls there come to the loop all the same. */
  hosts?: readonly string[];
  /** Every bundle is built anew once, whatever the cache has. */
  buildsAnew?: boolean;
  /** Environments are frozen while they have no work. */
  freezes?: boolean;
  /** Functions that a debugger can attach to. */
  inspect?: Inspection;
}

/** Of a function's role, for its environment variables. */
export interface FunctionCredentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken: string;
}
