import type { CorsRuleModel } from '../../../template/model.ts';

export type CorsRule = CorsRuleModel;

const CORS_METHODS: readonly string[] = ['GET', 'PUT', 'HEAD', 'POST', 'DELETE'];

/** S3 API reference, "PutBucketCors": "You can add up to 100 rules to the configuration". */
export const MAX_RULES = 100;

/** Names the fault that S3 refuses a rule for; undefined for one that it takes. */
export function problemOf(rule: CorsRule): string | undefined {
  const method = rule.allowedMethods.find((name) => !CORS_METHODS.includes(name));
  if (method !== undefined)
    return `Found unsupported HTTP method in CORS config. Unsupported method is ${method}`;
  for (const [name, patterns] of [
    ['AllowedOrigin', rule.allowedOrigins],
    ['AllowedHeader', rule.allowedHeaders],
  ] as const) {
    const wide = patterns.find((pattern) => pattern.split('*').length > 2);
    if (wide !== undefined) return `${name} "${wide}" can not have more than one wildcard.`;
  }
  const wide = rule.exposedHeaders.find((name) => name.includes('*'));
  if (wide === undefined) return undefined;
  return `ExposeHeader "${wide}" contains wildcard. We currently do not support wildcard for ExposeHeader.`;
}
