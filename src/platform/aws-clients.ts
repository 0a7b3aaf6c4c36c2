import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Tracing } from './tracing.ts';

const ATTEMPTS = 3;
const CONNECTION_TIMEOUT_MS = 500;
/** For a whole try, connecting included. */
const REQUEST_TIMEOUT_MS = 2_000;
/** A throttled call waits up to 1 s before the second try and 2 s before the third (SDK guide, "Retry behavior"). */
const BACKOFF_MS = 3_000;

/**
 * The longest that one call can take, tries and pauses included. The template's timeouts leave room for every call
 * that a function makes, so that a function answers before Lambda ends it.
 */
export const MAX_CALL_MS = ATTEMPTS * REQUEST_TIMEOUT_MS + BACKOFF_MS;

// Endpoint, Region and credentials come from the SDK's own environment variables.
const settings = {
  maxAttempts: ATTEMPTS,
  requestHandler: {
    connectionTimeout: CONNECTION_TIMEOUT_MS,
    requestTimeout: REQUEST_TIMEOUT_MS,
    throwOnRequestTimeout: true,
  },
};

/** A traced DynamoDB client that takes and gives plain values. */
export function documentClient(tracing: Tracing): DynamoDBDocumentClient {
  return DynamoDBDocumentClient.from(tracing.captured(new DynamoDBClient(settings)));
}

/** A traced EventBridge client. */
export function eventBridgeClient(tracing: Tracing): EventBridgeClient {
  return tracing.captured(new EventBridgeClient(settings));
}
