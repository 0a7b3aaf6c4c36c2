// In the bundles this takes the place of aws-xray-sdk-core (template.yaml, Alias): of that package's own files, those
// that Powertools' Tracer needs in Lambda. What stays away is for servers and for the AWS SDK v2, whose patch alone
// brings 29 KB of semver for one comparison.

import { captureAsyncFunc, captureFunc } from 'aws-xray-sdk-core/dist/lib/capture.js';
import {
  getNamespace,
  getSegment,
  setContextMissingStrategy,
  setSegment,
} from 'aws-xray-sdk-core/dist/lib/context_utils.js';
import { setDaemonAddress } from 'aws-xray-sdk-core/dist/lib/daemon_config.js';
import { init } from 'aws-xray-sdk-core/dist/lib/env/aws_lambda.js';
import { setLogger } from 'aws-xray-sdk-core/dist/lib/logger.js';
import { captureAWSClient } from 'aws-xray-sdk-core/dist/lib/patchers/aws3_p.js';
import Subsegment from 'aws-xray-sdk-core/dist/lib/segments/attributes/subsegment.js';
import Segment from 'aws-xray-sdk-core/dist/lib/segments/segment.js';

/** A part of the X-Ray SDK that the bundles don't hold was called. */
export class LeftOutOfBundle extends Error {
  override readonly name = 'LeftOutOfBundle';

  constructor(part: string) {
    super(`${part} of aws-xray-sdk-core is not in this bundle: src/platform/lean/xray-core.ts leaves it out`);
  }
}

function leftOut(part: string) {
  return (): never => {
    throw new LeftOutOfBundle(part);
  };
}

// As the package's index does. Elsewhere than in Lambda there is no segment to begin with.
if (process.env.LAMBDA_TASK_ROOT) init();

export default {
  captureAsyncFunc,
  captureAWS: leftOut('captureAWS'),
  captureAWSClient: leftOut('captureAWSClient'),
  captureAWSv3Client: captureAWSClient,
  captureFunc,
  captureHTTPsGlobal: leftOut('captureHTTPsGlobal'),
  getNamespace,
  getSegment,
  Segment,
  setContextMissingStrategy,
  setDaemonAddress,
  setLogger,
  setSegment,
  Subsegment,
};
