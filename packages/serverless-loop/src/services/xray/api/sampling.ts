import { formatArn } from '../../../aws/arn.ts';
import { integer, list, map, number, required, structure, text, timestamp } from '../../../aws/members.ts';
import { onAll, operation } from '../context.ts';

/** The only rule: who asks is to sample everything, because a developer wants every trace. */
const RULE = 'Default';
const SECONDS_BETWEEN_QUESTIONS = 10;

const SAMPLING_RULE = structure({
  RuleName: text(),
  RuleARN: text(),
  ResourceARN: text(),
  Priority: integer(),
  FixedRate: number(),
  ReservoirSize: integer(),
  ServiceName: text(),
  ServiceType: text(),
  Host: text(),
  HTTPMethod: text(),
  URLPath: text(),
  Version: integer(),
  Attributes: map(text()),
});

const STATISTICS = structure({
  RuleName: required(text()),
  ClientID: required(text()),
  Timestamp: required(timestamp()),
  RequestCount: required(integer()),
  SampledCount: required(integer()),
  BorrowCount: integer(),
});

const TARGET = structure({ RuleName: text(), FixedRate: number(), Interval: integer() });
const UNPROCESSED = structure({ RuleName: text(), ErrorCode: text(), Message: text() });

export const SAMPLING_OPERATIONS = {
  GetSamplingRules: operation({
    route: 'POST /GetSamplingRules',
    input: {},
    output: {
      SamplingRuleRecords: list(
        structure({ SamplingRule: SAMPLING_RULE, CreatedAt: timestamp(), ModifiedAt: timestamp() }),
      ),
    },
    needs: onAll,
    handle(_input, { place }) {
      const rule = {
        RuleName: RULE,
        RuleARN: formatArn(place, 'xray', `sampling-rule/${RULE}`),
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
    },
  }),
  GetSamplingTargets: operation({
    route: 'POST /SamplingTargets',
    input: { SamplingStatisticsDocuments: required(list(STATISTICS)) },
    output: {
      SamplingTargetDocuments: list(TARGET),
      LastRuleModification: timestamp(),
      UnprocessedStatistics: list(UNPROCESSED),
    },
    needs: onAll,
    handle({ SamplingStatisticsDocuments }) {
      const names = SamplingStatisticsDocuments.map(({ RuleName }) => RuleName);
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
    },
  }),
};
