import { boolean, integer, list, oneOf, required, structure, text, timestamp } from '../../../aws/members.ts';
import { LOG_LEVELS } from '../machines/state-machine.ts';

/** Members that several operations have (Step Functions API reference), with the limits of the API's model. */

export const ARN = text({ min: 1, max: 256 });

export const LONG_ARN = text({ min: 1, max: 2_000 });

export const NAME = text({ min: 1, max: 80 });

/** Of an alias. */
export const RESTRICTED_NAME = text({
  min: 1,
  max: 80,
  pattern: String.raw`^(?=.*[a-zA-Z_\-\.])[a-zA-Z0-9_\-\.]+$`,
});

export const DEFINITION = text({ min: 1, max: 1_048_576 });

export const DATA = text({ max: 262_144 });

export const ERROR = text({ min: 0, max: 256 });

export const CAUSE = text({ min: 0, max: 32_768 });

export const DESCRIPTION = text({ max: 256 });

export const TRACE_HEADER = text({ min: 0, max: 256, pattern: String.raw`\p{ASCII}*` });

export const MACHINE_TYPES = ['STANDARD', 'EXPRESS'] as const;

export const INCLUDED_DATA = oneOf(['ALL_DATA', 'METADATA_ONLY']);

export const PAGED = {
  maxResults: integer({ min: 0, max: 1_000 }),
  nextToken: text({ min: 1, max: 1_024 }),
} as const;

export const TAGS = list(structure({ key: text({ min: 1, max: 128 }), value: text({ min: 0, max: 256 }) }));

export const ENCRYPTION = structure({
  type: required(oneOf(['AWS_OWNED_KEY', 'CUSTOMER_MANAGED_KMS_KEY'])),
  kmsKeyId: text({ min: 1, max: 2_048 }),
  kmsDataKeyReusePeriodSeconds: integer({ min: 60, max: 900 }),
});

export const LOGGING = structure({
  level: oneOf(LOG_LEVELS),
  includeExecutionData: boolean(),
  destinations: list(structure({ cloudWatchLogsLogGroup: structure({ logGroupArn: ARN }) })),
});

const TRACING = structure({ enabled: boolean() });

/** Of a state machine that is made or changed. */
export const SETTINGS = {
  loggingConfiguration: LOGGING,
  tracingConfiguration: TRACING,
  publish: boolean(),
  versionDescription: DESCRIPTION,
  encryptionConfiguration: ENCRYPTION,
} as const;

export const DATA_DETAILS = structure({ included: boolean() });

export const ROUTING = list(
  structure({
    stateMachineVersionArn: required(ARN),
    weight: required(integer({ min: 0, max: 100 })),
  }),
  { min: 1, max: 2 },
);

/** The settings of a machine as it is described. */
export const MACHINE = {
  stateMachineArn: ARN,
  name: NAME,
  definition: DEFINITION,
  roleArn: ARN,
  loggingConfiguration: LOGGING,
  tracingConfiguration: TRACING,
  label: text(),
  revisionId: text(),
  encryptionConfiguration: ENCRYPTION,
} as const;

export const EXECUTION_TIMES = { startDate: timestamp(), stopDate: timestamp() } as const;
