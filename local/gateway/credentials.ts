/** What a request says about who signed it. The signature itself is not verified: dummy credentials will do. */
export interface Credentials {
  accessKeyId: string;
  /** The service the signature is for, in AWS's own short name, e.g. `dynamodb`. */
  service: string;
}

const CREDENTIAL = /^AWS4-[A-Z0-9-]+ .*?Credential=(?<accessKeyId>[^/,\s]+)\/(?<scope>[^,\s]+)/;

/**
 * Reads `Authorization: AWS4-HMAC-SHA256 Credential=<key id>/<date>/<region>/<service>/aws4_request, …` (IAM guide,
 * "Elements of an AWS API request signature"), or undefined when the request isn't signed so.
 */
export function parseCredentials(authorization: string | undefined): Credentials | undefined {
  const found = CREDENTIAL.exec(authorization ?? '')?.groups;
  if (!found) return undefined;
  // Read from the end: the asymmetric signature (SigV4A) has no Region in its scope.
  const scope = (found.scope ?? '').split('/');
  return {
    accessKeyId: found.accessKeyId ?? '',
    service: scope.at(-2) ?? '',
  };
}
