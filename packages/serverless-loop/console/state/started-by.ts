import type { InvocationRow } from '../../src/console/invocation-rows.ts';

/** The source of a request in words. */
export function startedBy(
  {
    sourceArn,
    recordCount,
    isAsynchronous,
  }: Pick<InvocationRow, 'sourceArn' | 'recordCount' | 'isAsynchronous'>,
  nameOf: (nameOrArn: string) => string,
): string {
  if (sourceArn === undefined) return isAsynchronous ? 'a call, asynchronously' : 'a call that waits';
  if (recordCount !== undefined) return `${nameOf(sourceArn)}, a batch of ${recordCount}`;
  const [, , service = '', , , ...resource] = sourceArn.split(':');
  switch (service) {
    case 'execute-api':
      return apiWords(resource.join(':'), nameOf);
    case 'states':
      return `an execution of ${nameOf(resource[1] ?? '')}`;
    default: {
      const kind = KINDS[service];
      return kind === undefined ? nameOf(sourceArn) : `${kind} ${nameOf(sourceArn)}`;
    }
  }
}

const KINDS: Readonly<Record<string, string>> = {
  events: 'rule',
  scheduler: 'schedule',
  pipes: 'pipe',
  sns: 'topic',
  s3: 'bucket',
};

/** `ID/STAGE/METHOD/path`, as API Gateway names a route to those who let it in. */
function apiWords(resource: string, nameOf: (name: string) => string): string {
  const [id = '', , method = '', ...path] = resource.split('/');
  const route = method === '' || method === '*' ? '' : `, ${method} /${path.join('/')}`;
  return `${nameOf(id)}${route}`;
}
