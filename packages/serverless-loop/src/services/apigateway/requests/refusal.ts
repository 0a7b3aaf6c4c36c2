/** The kinds of answers that API Gateway gives in place of an integration (API Gateway guide, "Gateway response types"). */
export type RefusalKind =
  | 'ACCESS_DENIED'
  | 'API_CONFIGURATION_ERROR'
  | 'AUTHORIZER_CONFIGURATION_ERROR'
  | 'AUTHORIZER_FAILURE'
  | 'BAD_REQUEST_BODY'
  | 'BAD_REQUEST_PARAMETERS'
  | 'DEFAULT_4XX'
  | 'DEFAULT_5XX'
  | 'INTEGRATION_FAILURE'
  | 'INTEGRATION_TIMEOUT'
  | 'INVALID_API_KEY'
  | 'INVALID_SIGNATURE'
  | 'MISSING_AUTHENTICATION_TOKEN'
  | 'QUOTA_EXCEEDED'
  | 'REQUEST_TOO_LARGE'
  | 'RESOURCE_NOT_FOUND'
  | 'THROTTLED'
  | 'UNAUTHORIZED'
  | 'UNSUPPORTED_MEDIA_TYPE';

/** The words for each, by the kind of API. */
interface Words {
  status: number;
  message: string | null;
  /** `x-amzn-ErrorType` of a REST API. */
  errorType: string;
}

const REST: Readonly<Record<RefusalKind, Words>> = {
  ACCESS_DENIED: {
    status: 403,
    message: 'User is not authorized to access this resource',
    errorType: 'AccessDeniedException',
  },
  API_CONFIGURATION_ERROR: {
    status: 500,
    message: 'Internal server error',
    errorType: 'InternalServerErrorException',
  },
  AUTHORIZER_CONFIGURATION_ERROR: {
    status: 500,
    message: null,
    errorType: 'AuthorizerConfigurationException',
  },
  AUTHORIZER_FAILURE: { status: 500, message: null, errorType: 'AuthorizerFailureException' },
  BAD_REQUEST_BODY: { status: 400, message: 'Invalid request body', errorType: 'BadRequestException' },
  BAD_REQUEST_PARAMETERS: {
    status: 400,
    message: 'Missing required request parameters',
    errorType: 'BadRequestException',
  },
  DEFAULT_4XX: { status: 403, message: 'Forbidden', errorType: 'ForbiddenException' },
  DEFAULT_5XX: { status: 502, message: 'Internal server error', errorType: 'InternalServerErrorException' },
  INTEGRATION_FAILURE: {
    status: 500,
    message: 'Internal server error',
    errorType: 'InternalServerErrorException',
  },
  INTEGRATION_TIMEOUT: {
    status: 504,
    message: 'Endpoint request timed out',
    errorType: 'InternalServerErrorException',
  },
  INVALID_API_KEY: { status: 403, message: 'Forbidden', errorType: 'ForbiddenException' },
  INVALID_SIGNATURE: {
    status: 403,
    message: 'The request signature we calculated does not match the signature you provided.',
    errorType: 'InvalidSignatureException',
  },
  MISSING_AUTHENTICATION_TOKEN: {
    status: 403,
    message: 'Missing Authentication Token',
    errorType: 'MissingAuthenticationTokenException',
  },
  QUOTA_EXCEEDED: { status: 429, message: 'Limit Exceeded', errorType: 'LimitExceededException' },
  REQUEST_TOO_LARGE: { status: 413, message: 'Request Too Long', errorType: 'RequestTooLargeException' },
  RESOURCE_NOT_FOUND: {
    status: 403,
    message: 'Missing Authentication Token',
    errorType: 'MissingAuthenticationTokenException',
  },
  THROTTLED: { status: 429, message: 'Too Many Requests', errorType: 'TooManyRequestsException' },
  UNAUTHORIZED: { status: 401, message: 'Unauthorized', errorType: 'UnauthorizedException' },
  UNSUPPORTED_MEDIA_TYPE: {
    status: 415,
    message: 'Unsupported Media Type',
    errorType: 'BadRequestException',
  },
};

/** Of an HTTP API, whose integrations fail with 500 whatever is wrong, and come too late with 503. */
const HTTP: Readonly<Partial<Record<RefusalKind, Pick<Words, 'status' | 'message'>>>> = {
  ACCESS_DENIED: { status: 403, message: 'Forbidden' },
  AUTHORIZER_CONFIGURATION_ERROR: { status: 500, message: 'Internal Server Error' },
  AUTHORIZER_FAILURE: { status: 500, message: 'Internal Server Error' },
  API_CONFIGURATION_ERROR: { status: 500, message: 'Internal Server Error' },
  DEFAULT_5XX: { status: 500, message: 'Internal Server Error' },
  INTEGRATION_FAILURE: { status: 500, message: 'Internal Server Error' },
  INTEGRATION_TIMEOUT: { status: 503, message: 'Service Unavailable' },
  MISSING_AUTHENTICATION_TOKEN: { status: 403, message: 'Forbidden' },
  REQUEST_TOO_LARGE: { status: 413, message: 'Request Entity Too Large' },
  RESOURCE_NOT_FOUND: { status: 404, message: 'Not Found' },
};

/** A function's URL speaks as Lambda does: `Message`. */
const URL_WORDS: Readonly<Partial<Record<RefusalKind, Pick<Words, 'status' | 'message'>>>> = {
  ACCESS_DENIED: {
    status: 403,
    message:
      'Forbidden. For troubleshooting Function URL authorization issues, see: https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html',
  },
  DEFAULT_5XX: { status: 502, message: 'Internal Server Error' },
  INTEGRATION_FAILURE: { status: 502, message: 'Internal Server Error' },
  INTEGRATION_TIMEOUT: { status: 504, message: 'Gateway Timeout' },
  RESOURCE_NOT_FOUND: { status: 404, message: 'Not Found' },
  THROTTLED: { status: 429, message: 'Rate exceeded' },
};

export interface RefusalFacts {
  /** The reasons why a body isn't what its model says. */
  validationErrorString?: string;
  /** Of an HTTP API's JWT authorizer: `www-authenticate`. */
  challenge?: string;
  /** An authorizer's findings about a caller whom it denies. */
  authorizer?: Record<string, unknown>;
}

/** Ends a request with an answer of API Gateway's own. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly kind: RefusalKind;
  /** The caller hears this in place of the usual words. */
  readonly told: string | undefined;
  /** Further facts for the variables of gateway responses. */
  readonly known: RefusalFacts;

  /** `cause` is for the person who runs the loop; the caller hears nothing of it. */
  constructor(kind: RefusalKind, told?: string, cause?: string, known: RefusalFacts = {}) {
    super(cause ?? told ?? kind);
    this.kind = kind;
    this.told = told;
    this.known = known;
  }
}

export function wordsOf(refusal: Refusal, protocol: 'HTTP' | 'REST' | 'URL'): Words {
  const { kind, told } = refusal;
  const own = protocol === 'HTTP' ? HTTP[kind] : protocol === 'URL' ? URL_WORDS[kind] : undefined;
  const words = { ...REST[kind], ...own };
  return told === undefined ? words : { ...words, message: told };
}
