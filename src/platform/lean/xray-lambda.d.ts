// The X-Ray SDK has no types for this file of its own.
declare module 'aws-xray-sdk-core/dist/lib/env/aws_lambda.js' {
  /** Makes the segment that stands for the one that Lambda itself sends. */
  export function init(): void;
}
