/** Any credentials will do for the loop. */
const CREDENTIALS = { AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' } as const;

/** The variables by which AWS's tools and SDKs find the loop; not all of them read both of the Region's. */
export function loopEnvironment(endpoint: string, region: string): Record<string, string> {
  return { AWS_ENDPOINT_URL: endpoint, AWS_REGION: region, AWS_DEFAULT_REGION: region, ...CREDENTIALS };
}
