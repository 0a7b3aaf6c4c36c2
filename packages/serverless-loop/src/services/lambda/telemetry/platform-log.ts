import { createHash } from 'node:crypto';
import type { Place } from '../../../aws/arn.ts';
import type { FunctionModel } from '../../../template/model.ts';
import type { PlatformLog, RuntimeVersion } from './platform-lines.ts';
import { jsonPlatformLog } from './platform-log-json.ts';
import { textPlatformLog } from './platform-log-text.ts';

/** Of the environments of one version of a function. */
export function platformLog(
  fn: FunctionModel,
  functionVersion: string,
  place: Place,
  now: () => number,
): PlatformLog {
  const runtime = runtimeVersion(fn, place);
  return fn.logging.format === 'JSON'
    ? jsonPlatformLog(fn, functionVersion, runtime, now)
    : textPlatformLog(functionVersion, runtime, now);
}

/** AWS counts its builds of a runtime; the loop's own is none of them: v0. */
function runtimeVersion(fn: FunctionModel, place: Place): RuntimeVersion {
  const [, family, version] = /^([a-z]+)\.?(.*?)(?:\.x)?$/.exec(fn.runtime) ?? [];
  const id = createHash('sha256').update(fn.runtime).digest('hex');
  return {
    name: `${family}:${version}.v0`,
    arn: `arn:${place.partition}:lambda:${place.region}::runtime:${id}`,
  };
}
