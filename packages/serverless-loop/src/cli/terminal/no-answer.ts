/** Of Node: nobody listens, the name is unknown, the line broke. A certificate that isn't trusted has its own. */
const CODE = /^(ECONN|ENOTFOUND|EAI_|ETIMEDOUT|EHOST|ENET|EPIPE|CERT_|SELF_SIGNED|DEPTH_ZERO|UNABLE_TO_)/;
/** Of the AWS SDK: it waited, or found nothing to sign with. */
const NAMES = new Set(['TimeoutError', 'CredentialsProviderError', 'TokenProviderError']);

/** The reason why a call of the AWS SDK got no answer, in a line; undefined when the error says something else. */
export function noAnswerText(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (!NAMES.has(error.name) && !CODE.test(code)) return undefined;
  // Node gives an error for several addresses no message.
  return `No answer from AWS, or from the endpoint that is set: ${error.message || code}`;
}
