import process from 'node:process';
import { parseEndpoint, pastProxies } from 'serverless-loop/commands';

/** The account, or loop of its own, that a run works in. */
export interface Place {
  region: string;
  /** Environment of the tools. */
  env(): NodeJS.ProcessEnv;
  /** Options of every AWS SDK client. */
  client(): ClientOptions;
  /** The system may take so long for anything: on AWS an asynchronous retry alone takes minutes, and metrics do too. */
  patienceMs: number;
}

export interface ClientOptions {
  region: string;
  endpoint?: string;
  credentials?: { accessKeyId: string; secretAccessKey: string };
  requestHandler: { connectionTimeout: number; requestTimeout: number; throwOnRequestTimeout: boolean };
}

const requestHandler = { connectionTimeout: 5_000, requestTimeout: 30_000, throwOnRequestTimeout: true };

/** The account that the environment leads to, or whatever AWS_ENDPOINT_URL does. */
export function accountPlace(region: string): Place {
  const { AWS_ENDPOINT_URL } = process.env;
  const endpoint = AWS_ENDPOINT_URL && parseEndpoint(AWS_ENDPOINT_URL, 'AWS_ENDPOINT_URL');
  return {
    region,
    env: () => ({ ...process.env, AWS_REGION: region, AWS_DEFAULT_REGION: region }),
    // Named even where the SDK would read it itself: else SQS goes to the host in the queue's URL.
    client: () => ({ region, ...(endpoint && { endpoint }), requestHandler }),
    patienceMs: 480_000,
  };
}

const KEYS = { accessKeyId: 'local', secretAccessKey: 'local' };

/** A loop, whose endpoint is known once it runs. Nothing that leads to an account is handed to a tool. */
export function loopPlace(region: string, endpoint: () => string): Place {
  return {
    region,
    env: () => ({
      ...withoutAws(process.env),
      ...pastProxies(process.env, [new URL(endpoint()).hostname]),
      AWS_REGION: region,
      AWS_DEFAULT_REGION: region,
      AWS_ENDPOINT_URL: endpoint(),
      AWS_ACCESS_KEY_ID: KEYS.accessKeyId,
      AWS_SECRET_ACCESS_KEY: KEYS.secretAccessKey,
      AWS_CONFIG_FILE: '/dev/null',
      AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
      SAM_CLI_TELEMETRY: '0',
      SAM_CLI_POLL_DELAY: '0.5',
    }),
    client: () => ({ region, endpoint: endpoint(), credentials: KEYS, requestHandler }),
    patienceMs: 60_000,
  };
}

function withoutAws(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('AWS_')));
}
