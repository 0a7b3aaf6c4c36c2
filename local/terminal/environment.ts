/** Any credentials will do for the loop. */
const CREDENTIALS = { AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' } as const;

/** The variables by which AWS's tools and SDKs find the loop; not all of them read both of the Region's. */
export function loopEnvironment(endpoint: string, region: string): Record<string, string> {
  return { AWS_ENDPOINT_URL: endpoint, AWS_REGION: region, AWS_DEFAULT_REGION: region, ...CREDENTIALS };
}

/** `NAME='value' …` as any POSIX shell reads it, whatever the values hold. */
export function assignments(environment: Record<string, string>): string[] {
  return Object.entries(environment).map(([name, value]) => `${name}=${quoted(value)}`);
}

/** Inside single quotes nothing is special but the quote itself; what is plain needs none. */
function quoted(value: string): string {
  return /^[\w./:@%+=-]+$/.test(value) ? value : `'${value.replaceAll("'", "'\\''")}'`;
}
