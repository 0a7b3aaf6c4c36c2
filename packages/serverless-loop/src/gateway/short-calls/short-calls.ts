import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import type { Eventual } from '../../aws/eventual.ts';
import type { WholeAnswer } from '../answer.ts';
import type { Http2Door } from '../http2-door.ts';
import { readShortCall, type ShortCall } from './read-short-call.ts';
import { writeAnswer } from './write-answer.ts';

/** Answers a call; undefined for one that is not for it. `onGone` is called when the client goes away before the answer. */
export type AnswerShortCall = (
  call: ShortCall,
  onGone: (listener: () => void) => void,
) => Eventual<WholeAnswer> | undefined;

/**
 * Takes calls of AWS's JSON protocols before the server does, where a read of the connection gives exactly one, whole and
 * plain: nearly every call of an SDK. Node's server makes a stream of each request and of each answer, which costs 40 us on
 * a machine where all the rest of a GetItem costs 60. A connection that sends anything else is the server's from then on.
 */
export function takeShortCalls(
  server: Server,
  answer: AnswerShortCall,
  fail: (error: unknown) => void,
  http2: Pick<Http2Door, 'takes' | 'serve'>,
): { stop(): void } {
  const serveAll = server.listeners('connection');
  server.removeAllListeners('connection');
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    serveShortCalls(socket, answer, fail, (rest) => {
      if (http2.takes(rest)) return http2.serve(socket, rest);
      for (const serve of serveAll) Reflect.apply(serve, server, [socket]);
      socket.unshift(rest);
    });
  });
  return {
    stop() {
      for (const socket of sockets) socket.destroy();
    },
  };
}

function serveShortCalls(
  socket: Socket,
  answer: AnswerShortCall,
  fail: (error: unknown) => void,
  handOver: (rest: Buffer) => void,
): void {
  /** While a call waits for its answer: who wants to know that its client went away. */
  let gone: (() => void)[] | undefined;
  let isGone = false;
  /** Sent before the answer to the call before it was there. */
  let early: Buffer[] = [];

  function take(bytes: Buffer): void {
    if (gone) {
      early.push(bytes);
      return;
    }
    const call = readShortCall(bytes);
    gone = [];
    try {
      const answered = call && answer(call, onGone);
      if (!answered) leave(bytes);
      else if (answered instanceof Promise) answered.then(write).catch(breakOff);
      else write(answered);
    } catch (error) {
      breakOff(error);
    }
  }

  function write(whole: WholeAnswer): void {
    if (!socket.writable) return;
    writeAnswer(socket, whole);
    gone = undefined;
    if (early.length === 0) return;
    const next = Buffer.concat(early);
    early = [];
    take(next);
  }

  function leave(rest: Buffer): void {
    socket.off('data', take).off('end', end).off('close', close).off('error', ignore);
    handOver(rest);
  }

  function breakOff(error: unknown): void {
    if (!socket.destroyed) fail(error);
    socket.destroy();
  }

  function onGone(listener: () => void): void {
    if (isGone) listener();
    else gone?.push(listener);
  }

  function close(): void {
    isGone = true;
    for (const listener of gone ?? []) listener();
    gone = undefined;
  }

  /** A client that ends its side waits for nothing more, as Node's server has it. */
  function end(): void {
    close();
    socket.end();
  }

  /** `close` follows. */
  function ignore(): void {}

  socket.on('data', take).on('end', end).on('close', close).on('error', ignore);
}
