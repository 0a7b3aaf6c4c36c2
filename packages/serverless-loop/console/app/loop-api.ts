import { keptToken } from './token.ts';

/** A refusal of the loop, or of a service behind it, in its own words. */
export class LoopError extends Error {
  override readonly name = 'LoopError';
  readonly status: number;
  readonly code: string | undefined;

  constructor(message: string, status: number, code: string | undefined) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

const BASE = '/_loop/';

/** Members of a request; undefined ones are left out. */
type Members = Readonly<Record<string, unknown>>;

/** Asks the loop. Rejects with LoopError, or with the browser's error where nobody answers. */
export async function ask<Answer>(path: string, members: Members = {}): Promise<Answer> {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(members))
    if (value !== undefined) query.set(name, String(value));
  const text = query.toString();
  return await answerOf(await fetch(`${BASE}${path}${text === '' ? '' : `?${text}`}`));
}

/** Changes something, or sends what is too large for an address. */
export async function send<Answer = Members>(path: string, members: Members = {}): Promise<Answer> {
  const token = keptToken();
  const headers = {
    'Content-Type': 'application/json',
    ...(token !== undefined && { 'X-Loop-Token': token }),
  };
  return await answerOf(
    await fetch(`${BASE}${path}`, { method: 'POST', headers, body: JSON.stringify(members) }),
  );
}

/** Calls an operation of AWS by the loop's API. */
export async function call<Output>(service: string, operation: string, input: Members = {}): Promise<Output> {
  const { output } = await send<{ output: Output }>('call', { service, operation, input });
  return output;
}

async function answerOf<Answer>(response: Response): Promise<Answer> {
  const body = await response.json().catch(() => ({}));
  if (response.ok) return body;
  const { message, code } = Object(body);
  if (response.status === 403 && code === undefined)
    throw new LoopError(
      'This page has no right to change anything, or lost it when the loop was started again. Open the address that the start printed.',
      403,
      undefined,
    );
  throw new LoopError(
    String(message ?? `The loop answered with status ${response.status}.`),
    response.status,
    typeof code === 'string' ? code : undefined,
  );
}
