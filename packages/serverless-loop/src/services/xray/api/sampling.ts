import type { JsonObject } from '../../../aws/operation.ts';
import type { XRayHandler } from '../context.ts';
import { invalidRequest, readInput } from './input.ts';

/** The only rule: who asks is to sample everything, because a developer wants every trace. */
const RULE = 'Default';
const SECONDS_BETWEEN_QUESTIONS = 10;

export const getSamplingRules: XRayHandler = (request, { place }) => {
  readInput(request);
  const rule: JsonObject = {
    RuleName: RULE,
    RuleARN: `arn:${place.partition}:xray:${place.region}:${place.accountId}:sampling-rule/${RULE}`,
    ResourceARN: '*',
    // AWS gives its own Default rule this priority, beyond the highest that others may have.
    Priority: 10_000,
    FixedRate: 1,
    ReservoirSize: 1,
    ServiceName: '*',
    ServiceType: '*',
    Host: '*',
    HTTPMethod: '*',
    URLPath: '*',
    Version: 1,
    Attributes: {},
  };
  return { SamplingRuleRecords: [{ SamplingRule: rule, CreatedAt: 0, ModifiedAt: 0 }] };
};

export const getSamplingTargets: XRayHandler = (request) => {
  const documents: unknown = readInput(request).SamplingStatisticsDocuments;
  if (!Array.isArray(documents))
    throw invalidRequest('Missing required parameter: SamplingStatisticsDocuments');
  const names = documents.map(ruleNameOf);
  return {
    SamplingTargetDocuments: names
      .filter((name) => name === RULE)
      .map((RuleName) => ({ RuleName, FixedRate: 1, Interval: SECONDS_BETWEEN_QUESTIONS })),
    LastRuleModification: 0,
    UnprocessedStatistics: names
      .filter((name) => name !== RULE)
      .map((RuleName) => ({
        RuleName,
        ErrorCode: 'InvalidRequestException',
        Message: `The loop has no sampling rule but ${RULE}`,
      })),
  };
};

function ruleNameOf(document: unknown): string {
  const name =
    typeof document === 'object' && document !== null && 'RuleName' in document
      ? document.RuleName
      : undefined;
  if (typeof name === 'string') return name;
  throw invalidRequest('Missing required parameter: SamplingStatisticsDocuments.RuleName');
}
