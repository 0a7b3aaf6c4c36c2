/** A message of the Chrome DevTools Protocol. */
interface Message {
  id?: number;
  method?: string;
  params?: Record<string, unknown>;
  result?: Record<string, unknown>;
}

/** A connection by the Chrome DevTools Protocol. */
export interface DevToolsSession {
  /** `sessionId`: of a target that is attached over this connection. */
  send(
    method: string,
    params?: Record<string, unknown>,
    sessionId?: string,
  ): Promise<Record<string, unknown>>;
  closed: Promise<void>;
  close(): void;
}

export async function openDevToolsSession(
  url: string,
  onEvent: (method: string, params: Record<string, unknown>) => void = () => {},
): Promise<DevToolsSession> {
  const socket = new WebSocket(url);
  const closed = new Promise<void>((resolve) => socket.addEventListener('close', () => resolve()));
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve);
    socket.addEventListener('error', reject);
  });
  const answers = new Map<number, (result: Record<string, unknown>) => void>();
  let lastId = 0;
  socket.addEventListener('message', ({ data }) => {
    const { id, method, params = {}, result = {} }: Message = JSON.parse(String(data));
    if (id !== undefined) answers.get(id)?.(result);
    else if (method !== undefined) onEvent(method, params);
  });

  return {
    send(method, params = {}, sessionId) {
      lastId += 1;
      const id = lastId;
      socket.send(JSON.stringify({ id, method, params, ...(sessionId !== undefined && { sessionId }) }));
      return new Promise((resolve) => answers.set(id, resolve));
    },
    closed,
    close: () => socket.close(),
  };
}
