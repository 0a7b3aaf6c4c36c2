import type { Routes } from '../gateway/gateway.ts';

/**
 * The services that are answered here, as AWS's host names have them, which is as signatures do. The functions' processes are
 * told of them before the services are there.
 */
export const ANSWERED_HOSTS: readonly string[] = [
  'apigateway',
  'cloudcontrolapi',
  'cloudformation',
  'dynamodb',
  'events',
  'iam',
  'kinesis',
  'lambda',
  'logs',
  'monitoring',
  'pipes',
  's3',
  'scheduler',
  'schemas',
  'secretsmanager',
  'sns',
  'sqs',
  'ssm',
  'states',
  'sts',
  'xray',
  // StartSyncExecution has a host of its own.
  'sync-states',
];

type Answered = Pick<Routes, 'json' | 'rest' | 'lazyRest' | 'restXml' | 'query'>;

/** Throws TypeError for a service that is answered and not listed: a function that may connect to AWS would pass it by. */
export function checkHosts(routes: Answered): void {
  const unlisted = servicesOf(routes).find(({ signingName }) => !ANSWERED_HOSTS.includes(signingName));
  if (unlisted) throw new TypeError(`The host of ${unlisted.title} is not listed.`);
}

/** The services behind the port, by the names that people know them by. */
export function answeredServices(routes: Answered): string[] {
  return [...new Set(servicesOf(routes).map(({ title }) => title))].sort();
}

function servicesOf({ json, rest, lazyRest = [], restXml = [], query = [] }: Answered) {
  return [...json, ...rest, ...lazyRest, ...restXml, ...query];
}
