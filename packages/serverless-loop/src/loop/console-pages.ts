import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { once } from '../aws/once.ts';
import type { Page, PageRequest } from '../gateway/routes.ts';
import { PACKAGE_FOLDER } from '../package-folder.ts';
import type { ShownLoop } from './console-parts.ts';

const PAGES = '/_loop/';
const REDIRECT: Page = { status: 308, contentType: 'text/plain', headers: { Location: PAGES }, body: '' };

/** The address of the console, with the token that lets its page change something. */
export function consoleAddress(endpoint: string, token: string): string {
  return `${endpoint}${PAGES}#token=${token}`;
}

/** Answers for the console: its API and its page are loaded by the first that asks. */
export function consolePages(
  options: ShownLoop,
): (request: PageRequest) => Promise<Page | undefined> | Page | undefined {
  const load = once(() => loadApi(options));
  return (request) => {
    if (`${request.path}/` === PAGES) return REDIRECT;
    return request.path.startsWith(PAGES) ? load().then((answer) => answer(request)) : undefined;
  };
}

async function loadApi(options: ShownLoop): Promise<(request: PageRequest) => Promise<Page | undefined>> {
  const [{ consoleApi }, { consoleContext }, { CONSOLE_ENDPOINTS }, { pageFiles }, { loopParts }] =
    await Promise.all([
      import('../console/console.ts'),
      import('../console/console-context.ts'),
      import('../console/endpoints/table.ts'),
      import('../console/page-files.ts'),
      import('./console-parts.ts'),
    ]);
  const context = consoleContext(loopParts(options), randomBytes(4).toString('hex'));
  const api = consoleApi(CONSOLE_ENDPOINTS, context, options.console.token);
  const fileAt = pageFiles(path.join(PACKAGE_FOLDER, 'dist', 'console'));
  return async (request) => {
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    return (await api(request)) ?? (isRead ? fileAt(request.path) : undefined);
  };
}
