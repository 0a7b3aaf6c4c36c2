import {
  boolean,
  integer,
  list,
  map,
  number,
  oneOf,
  required,
  structure,
  text,
} from '../../../aws/members.ts';

/** As refusals quote it (LocalStack's record, test_lambda_api.snapshot.json: test_function_name_and_qualifier_validation). */
const QUALIFIER_PATTERN = '\\$(LATEST(\\.PUBLISHED)?)|[a-zA-Z0-9-_$]+';

/** A function by its name, a part of its ARN or all of it (the same record). */
const FUNCTION_NAME = required(
  text({
    at: 'path',
    min: 1,
    max: 140,
    pattern:
      '(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(:(\\$LATEST|[a-zA-Z0-9-_]+))?',
  }),
);

/** The same in a body or a query. */
export const FUNCTION_REFERENCE = text({
  min: 1,
  max: 140,
  pattern: FUNCTION_NAME.pattern ?? '',
});

/** The same where the API takes functions of other accounts, too (the same record). */
const NAMESPACED_FUNCTION_NAME = required(
  text({
    at: 'path',
    min: 1,
    max: 256,
    pattern:
      '(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_\\.]+)(:(\\$LATEST(\\.PUBLISHED)?|[a-zA-Z0-9-_]+))?',
  }),
);

/** Members of the operations on a function as a whole. */
export const FUNCTION = { FunctionName: FUNCTION_NAME } as const;

export const NAMESPACED_FUNCTION = { FunctionName: NAMESPACED_FUNCTION_NAME } as const;

/** Members of the operations on a function, one of its versions or an alias. */
export const QUALIFIED_FUNCTION = {
  Qualifier: text({ at: 'query', min: 1, max: 128, pattern: QUALIFIER_PATTERN }),
  ...NAMESPACED_FUNCTION,
} as const;

export const VERSION = text({ min: 1, max: 1024, pattern: '(\\$LATEST(\\.PUBLISHED)?|[0-9]+)' });

export const CONFIGURATION = {
  FunctionName: text(),
  FunctionArn: text(),
  Runtime: text(),
  Role: text(),
  Handler: text(),
  CodeSize: integer(),
  Description: text(),
  Timeout: integer(),
  MemorySize: integer(),
  LastModified: text(),
  CodeSha256: text(),
  Version: text(),
  Environment: structure({ Variables: map(text()) }),
  DeadLetterConfig: structure({ TargetArn: text() }),
  TracingConfig: structure({ Mode: text() }),
  RevisionId: text(),
  State: text(),
  StateReason: text(),
  StateReasonCode: text(),
  LastUpdateStatus: text(),
  LastUpdateStatusReason: text(),
  LastUpdateStatusReasonCode: text(),
  Layers: list(structure({ Arn: text(), CodeSize: integer() })),
  VpcConfig: structure({
    SubnetIds: list(text()),
    SecurityGroupIds: list(text()),
    Ipv6AllowedForDualStack: boolean(),
  }),
  KMSKeyArn: text(),
  PackageType: text(),
  Architectures: list(text()),
  EphemeralStorage: structure({ Size: integer() }),
  SnapStart: structure({ ApplyOn: text(), OptimizationStatus: text() }),
  LoggingConfig: structure({
    LogFormat: text(),
    ApplicationLogLevel: text(),
    SystemLogLevel: text(),
    LogGroup: text(),
  }),
} as const;

/** Lambda API reference, "AliasRoutingConfiguration". */
export const ROUTING = structure({
  AdditionalVersionWeights: map(number({ min: 0, max: 1 }), {
    key: text({ min: 1, max: 1024, pattern: '[0-9]+' }),
  }),
});

export const DESCRIPTION = text({ max: 256 });

export const ALIAS = {
  AliasArn: text(),
  Name: text(),
  FunctionVersion: text(),
  Description: text(),
  RoutingConfig: ROUTING,
  RevisionId: text(),
} as const;

/** A resource that the caller has last seen with this revision. */
export const REVISION = { RevisionId: text() } as const;

/** A zip in S3 (Lambda API reference, "FunctionCode"). */
export const IN_S3 = {
  S3Bucket: text({ min: 3, max: 63, pattern: '[0-9A-Za-z\\.\\-_]*(?<!\\.)' }),
  S3Key: text({ min: 1, max: 1024 }),
  S3ObjectVersion: text({ min: 1, max: 1024 }),
} as const;

/** Settings that a function is made with and that UpdateFunctionConfiguration changes (Lambda API reference, "CreateFunction"). */
export const SETTINGS = {
  Handler: text({ max: 128, pattern: '[^\\s]+' }),
  Runtime: text(),
  Description: DESCRIPTION,
  Timeout: integer({ min: 1 }),
  MemorySize: integer({ min: 128, max: 32_768 }),
  VpcConfig: structure({
    SubnetIds: list(text(), { max: 16 }),
    SecurityGroupIds: list(text(), { max: 5 }),
    Ipv6AllowedForDualStack: boolean(),
  }),
  DeadLetterConfig: structure({ TargetArn: text() }),
  Environment: structure({ Variables: map(text(), { key: text({ pattern: '[a-zA-Z]([a-zA-Z0-9_])+' }) }) }),
  KMSKeyArn: text(),
  TracingConfig: structure({ Mode: oneOf(['Active', 'PassThrough']) }),
  Layers: list(text({ min: 1, max: 140 })),
  EphemeralStorage: structure({ Size: required(integer({ min: 512, max: 10_240 })) }),
  SnapStart: structure({ ApplyOn: oneOf(['PublishedVersions', 'None']) }),
  LoggingConfig: structure({
    LogFormat: oneOf(['JSON', 'Text']),
    ApplicationLogLevel: oneOf(['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL']),
    SystemLogLevel: oneOf(['DEBUG', 'INFO', 'WARN']),
    LogGroup: text({ min: 1, max: 512, pattern: '[\\.\\-_/#A-Za-z0-9]+' }),
  }),
} as const;

/** The role that a function takes on (test_create_lambda_exceptions of LocalStack's record). */
export const ROLE = text({ pattern: 'arn:(aws[a-zA-Z-]*)?:iam::\\d{12}:role/?[a-zA-Z_0-9+=,.@\\-_/]+' });

export const CORS = structure({
  AllowCredentials: boolean(),
  AllowHeaders: list(text({ max: 1024 }), { max: 100 }),
  AllowMethods: list(text({ max: 6 }), { max: 6 }),
  AllowOrigins: list(text({ min: 1, max: 253 }), { max: 100 }),
  ExposeHeaders: list(text({ max: 1024 }), { max: 100 }),
  MaxAge: integer({ min: 0, max: 86_400 }),
});

export const URL_CONFIG = {
  FunctionUrl: text(),
  FunctionArn: text(),
  AuthType: text(),
  CreationTime: text(),
  LastModifiedTime: text(),
  Cors: CORS,
  InvokeMode: text(),
} as const;
