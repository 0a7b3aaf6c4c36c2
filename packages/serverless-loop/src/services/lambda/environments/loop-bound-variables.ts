import { pastProxies } from '../../../past-proxies.ts';

/**
 * Settings that send an SDK elsewhere than AWS_ENDPOINT_URL says, or keep it from calling at all with such an endpoint
 * (AWS SDKs and Tools reference, "Service-specific endpoints", "Dual-stack and FIPS endpoints", "Endpoint discovery").
 */
const ELSEWHERE =
  /^(AWS_ENDPOINT_URL.*|AWS_IGNORE_CONFIGURED_ENDPOINT_URLS|AWS_USE_(FIPS|DUALSTACK)_ENDPOINT|AWS_ENABLE_ENDPOINT_DISCOVERY|AWS_ENDPOINT_DISCOVERY_ENABLED|AWS_EC2_METADATA_SERVICE_ENDPOINT(_MODE)?)$/;

/** Files of an SDK's settings, which may say the same as those variables, and whose they are. */
const SETTINGS_FILES = ['AWS_CONFIG_FILE', 'AWS_SHARED_CREDENTIALS_FILE'];

/** Matches the places of a function's own files on AWS. */
const OWN_PLACES = /^(\/var\/task\/|\/opt\/|\/tmp\/|(?!\.\.?\/|~|\/).)/;

/**
 * A function's declared variables, but that every call of an AWS SDK ends at the loop. What a variable would have an SDK
 * look for outside of the function isn't there on AWS either: settings files elsewhere, credentials of the machine.
 */
export function loopBoundVariables(
  declared: Record<string, string>,
  endpoint: string,
): Record<string, string> {
  const kept = Object.entries(declared).filter(
    ([name, value]) => !ELSEWHERE.test(name) && !(SETTINGS_FILES.includes(name) && !OWN_PLACES.test(value)),
  );
  const variables = Object.fromEntries(kept);
  return {
    ...variables,
    // A proxy that the template names is for what is elsewhere; AWS's own is here.
    ...pastProxies(variables, [new URL(endpoint).hostname]),
    // A file of the function's own may say so, too; the variable comes before the file.
    ...(SETTINGS_FILES.some((name) => name in variables) && {
      AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'false',
    }),
    // With a profile that isn't there an SDK asks the machine; a function has no such service to ask.
    ...('AWS_PROFILE' in variables || 'AWS_EC2_METADATA_DISABLED' in variables
      ? { AWS_EC2_METADATA_DISABLED: 'true' }
      : {}),
    AWS_ENDPOINT_URL: endpoint,
  };
}
