import { isObject, type JsonObject } from '../../../aws/json-object.ts';

/** Says how deliveries to an HTTP endpoint are tried again (SNS guide, "Amazon SNS message delivery retries"). */
export interface RetryPolicy {
  minDelayTarget: number;
  maxDelayTarget: number;
  numRetries: number;
  numNoDelayRetries: number;
  numMinDelayRetries: number;
  numMaxDelayRetries: number;
  backoffFunction: string;
}

const DEFAULT_RETRIES: RetryPolicy = {
  minDelayTarget: 20,
  maxDelayTarget: 20,
  numRetries: 3,
  numMaxDelayRetries: 0,
  numNoDelayRetries: 0,
  numMinDelayRetries: 0,
  backoffFunction: 'linear',
};
const DEFAULT_REQUEST = { headerContentType: 'text/plain; charset=UTF-8' };
/** In seconds: "The total policy retry time for an HTTP/S endpoint cannot be greater than 3,600 seconds". */
const MAX_SECONDS = 3_600;
const MAX_RETRIES = 100;
const BACKOFF_FUNCTIONS = ['arithmetic', 'exponential', 'geometric', 'linear'];

/** The policy that a topic's deliveries go by (LocalStack's record, test_sns.snapshot.json, test_subscribe_external_http_endpoint_content_type). */
export function topicPolicy(own: string | undefined) {
  const http = sectionOf(parsed(own), 'http');
  return {
    http: {
      defaultHealthyRetryPolicy: { ...DEFAULT_RETRIES, ...sectionOf(http, 'defaultHealthyRetryPolicy') },
      disableSubscriptionOverrides: http.disableSubscriptionOverrides === true,
      ...('defaultThrottlePolicy' in http && { defaultThrottlePolicy: http.defaultThrottlePolicy }),
      defaultRequestPolicy: { ...DEFAULT_REQUEST, ...sectionOf(http, 'defaultRequestPolicy') },
    },
  };
}

/** The policy that a subscription's deliveries go by: its own before the topic's, unless that forbids it. */
export function subscriptionPolicy(own: string | undefined, topics: string | undefined) {
  const { http } = topicPolicy(topics);
  const mine = http.disableSubscriptionOverrides ? {} : parsed(own);
  return {
    healthyRetryPolicy: { ...http.defaultHealthyRetryPolicy, ...sectionOf(mine, 'healthyRetryPolicy') },
    sicklyRetryPolicy: null,
    throttlePolicy: isObject(mine.throttlePolicy) ? mine.throttlePolicy : null,
    requestPolicy: { ...http.defaultRequestPolicy, ...sectionOf(mine, 'requestPolicy') },
    guaranteed: false,
  };
}

/** The fault of a policy, undefined for one that can be ("Creating an HTTP/S delivery policy"). */
export function policyProblem(policy: string): string | undefined {
  const whole = parsed(policy);
  const retries = {
    ...sectionOf(sectionOf(whole, 'http'), 'defaultHealthyRetryPolicy'),
    ...sectionOf(whole, 'healthyRetryPolicy'),
  };
  const all = { ...DEFAULT_RETRIES, ...retries };
  const isWhole = ([name, value]: [string, unknown]) =>
    name === 'backoffFunction' ? BACKOFF_FUNCTIONS.includes(String(value)) : Number.isInteger(value);
  const wrong = Object.entries(retries).find((entry) => !isWhole(entry));
  if (wrong) return `healthyRetryPolicy.${wrong[0]} is invalid`;
  if (all.numRetries < 0 || all.numRetries > MAX_RETRIES)
    return `healthyRetryPolicy.numRetries must be between 0 and ${MAX_RETRIES}`;
  if (all.minDelayTarget < 1 || all.minDelayTarget > all.maxDelayTarget)
    return 'healthyRetryPolicy.minDelayTarget must be less than or equal to maxDelayTarget';
  if (all.maxDelayTarget > MAX_SECONDS)
    return `healthyRetryPolicy.maxDelayTarget must be less than or equal to ${MAX_SECONDS}`;
  if (all.numRetries < all.numNoDelayRetries + all.numMinDelayRetries + all.numMaxDelayRetries)
    return 'healthyRetryPolicy.numRetries must be greater than or equal to the sum of numNoDelayRetries, numMinDelayRetries and numMaxDelayRetries';
  return undefined;
}

/** Seconds before each retry: at once, at the shortest delay, growing, and at the longest (the same page, "Delivery policy stages"). */
export function retryDelays(policy: RetryPolicy): number[] {
  const { minDelayTarget: shortest, maxDelayTarget: longest } = policy;
  const growing = Math.max(
    0,
    policy.numRetries - policy.numNoDelayRetries - policy.numMinDelayRetries - policy.numMaxDelayRetries,
  );
  return [
    ...times(policy.numNoDelayRetries, () => 0),
    ...times(policy.numMinDelayRetries, () => shortest),
    ...times(growing, (at) => shortest + (longest - shortest) * growth(policy.backoffFunction, at, growing)),
    ...times(policy.numMaxDelayRetries, () => longest),
  ].slice(0, policy.numRetries);
}

/** From 0 at the first retry to 1 at the last one; how it bends, AWS shows as a picture. */
function growth(backoffFunction: string, at: number, count: number): number {
  if (count < 2) return 0;
  const share = at / (count - 1);
  if (backoffFunction === 'arithmetic') return (at * (at + 1)) / ((count - 1) * count);
  if (backoffFunction === 'geometric') return share ** 2;
  if (backoffFunction === 'exponential') return (2 ** at - 1) / (2 ** (count - 1) - 1);
  return share;
}

function times(count: number, make: (at: number) => number): number[] {
  return Array.from({ length: count }, (_, at) => make(at));
}

function sectionOf(from: JsonObject, name: string): JsonObject {
  const found = from[name];
  return isObject(found) ? found : {};
}

function parsed(text: string | undefined): JsonObject {
  try {
    const found: unknown = JSON.parse(text || '{}');
    return isObject(found) ? found : {};
  } catch {
    return {};
  }
}
