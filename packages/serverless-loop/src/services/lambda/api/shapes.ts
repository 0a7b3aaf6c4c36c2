import { boolean, integer, list, map, required, structure, text } from '../../../aws/members.ts';

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
  LastUpdateStatus: text(),
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

export const ALIAS = {
  AliasArn: text(),
  Name: text(),
  FunctionVersion: text(),
  Description: text(),
  RevisionId: text(),
} as const;

export const URL_CONFIG = {
  FunctionUrl: text(),
  FunctionArn: text(),
  AuthType: text(),
  CreationTime: text(),
  LastModifiedTime: text(),
  Cors: structure({
    AllowCredentials: boolean(),
    AllowHeaders: list(text()),
    AllowMethods: list(text()),
    AllowOrigins: list(text()),
    ExposeHeaders: list(text()),
    MaxAge: integer(),
  }),
  InvokeMode: text(),
} as const;
