import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { once } from '../aws/once.ts';
import type { ConsoleContext } from '../console/context.ts';
import { type KeptEvents, keptEvents } from '../console/kept-events.ts';
import { type KeptFacts, keptFacts } from '../console/kept-facts.ts';
import type { Page, PageRequest } from '../gateway/routes.ts';
import { PACKAGE_FOLDER } from '../package-folder.ts';
import type { EventBridge } from '../services/eventbridge/eventbridge.ts';
import type { Lambda } from '../services/lambda/functions.ts';
import type { Sqs } from '../services/sqs/sqs.ts';
import type { XRay } from '../services/xray/xray.ts';
import { aliasOf } from './pages.ts';

/** The happenings that a console shows: kept from the start, since people open it when something has gone wrong. */
export interface LoopConsole {
  facts: KeptFacts;
  events: KeptEvents;
  /** Lets who has it change something by the console. */
  token: string;
}

export function keptForConsole(): LoopConsole {
  return { facts: keptFacts(), events: keptEvents(), token: randomBytes(18).toString('base64url') };
}

export interface ConsolePagesOptions {
  console: LoopConsole;
  services: { sqs: Sqs; eventbridge: EventBridge; xray: XRay; lambda: Pick<Lambda, 'list'> };
  call: ConsoleContext['call'];
  /** Empties all services. */
  reset(): Promise<void>;
}

const PAGES = '/_loop/';
const REDIRECT: Page = { status: 308, contentType: 'text/plain', headers: { Location: PAGES }, body: '' };

/** The address of the console, with the token that lets its page change something. */
export function consoleAddress(endpoint: string, token: string): string {
  return `${endpoint}${PAGES}#token=${token}`;
}

/** Answers for the console: its API and its page are loaded by the first that asks. */
export function consolePages(
  options: ConsolePagesOptions,
): (request: PageRequest) => Promise<Page | undefined> | Page | undefined {
  const load = once(() => loadApi(options));
  return (request) => {
    if (`${request.path}/` === PAGES) return REDIRECT;
    return request.path.startsWith(PAGES) ? load().then((answer) => answer(request)) : undefined;
  };
}

async function loadApi({
  console: { facts, events, token },
  services: { sqs, eventbridge, xray, lambda },
  call,
  reset,
}: ConsolePagesOptions): Promise<(request: PageRequest) => Promise<Page | undefined>> {
  const [{ consoleApi }, { factAnswers }, { CONSOLE_ENDPOINTS }, { pageFiles }] = await Promise.all([
    import('../console/console.ts'),
    import('../console/fact-answer.ts'),
    import('../console/endpoints/table.ts'),
    import('../console/page-files.ts'),
  ]);
  const context: ConsoleContext = {
    facts,
    events,
    answers: factAnswers(facts, randomBytes(4).toString('hex')),
    functionOf(name) {
      const fns = lambda.list();
      const fn = fns.find((each) => each.logicalId === name) ?? fns.find((each) => each.name === name);
      return fn && { name: fn.name, ...aliasOf(fn) };
    },
    rulesOf: (busName) =>
      eventbridge.rules
        .list(busName)
        .map(({ name, pattern, enabled }) => ({ name, pattern, isEnabled: enabled })),
    messagesOf: sqs.messages,
    depths: sqs.depths,
    redrive: sqs.redrive,
    documents: xray.documents,
    call,
    async reset() {
      await reset();
      facts.forget();
      events.forget();
    },
  };
  const api = consoleApi(CONSOLE_ENDPOINTS, context, token);
  const fileAt = pageFiles(path.join(PACKAGE_FOLDER, 'dist', 'console'));
  return async (request) => {
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    return (await api(request)) ?? (isRead ? fileAt(request.path) : undefined);
  };
}
