import { ownersOf } from '../trace/segment.ts';
import { serviceNameOf, serviceTypeOf } from '../trace/service-id.ts';
import { ofSegment, type Predicate } from './subject.ts';
import type { TokenReader } from './token-reader.ts';

/** `service(…)`, by name, by `id(name: …, type: …)` or any, with a filter in braces or without. */
export function readService(reader: TokenReader, accountId: string, readFilter: () => Predicate): Predicate {
  reader.expect('(');
  const isAny = reader.takeIf(')');
  const isIt = isAny ? () => true : readServiceId(reader, accountId);
  if (!isAny) reader.expect(')');
  const holds = readBraces(reader, readFilter);
  return ({ trace, scope }) =>
    scope.map((segment) => ofSegment(trace, segment)).some((service) => isIt(service) && holds(service));
}

/** `edge(source, destination)`: the one called the other. The filter is about the call as the called one saw it. */
export function readEdge(reader: TokenReader, accountId: string, readFilter: () => Predicate): Predicate {
  reader.expect('(');
  const isSource = readServiceId(reader, accountId);
  reader.expect(',');
  const isDestination = readServiceId(reader, accountId);
  reader.expect(')');
  const holds = readBraces(reader, readFilter);
  return ({ trace, scope }) => {
    const callers = ownersOf(trace.segments);
    return scope.some((segment) => {
      const called = ofSegment(trace, segment);
      if (!isDestination(called) || !holds(called)) return false;
      const caller = callers.get(segment.parentId ?? '');
      return caller !== undefined && isSource(ofSegment(trace, caller));
    });
  };
}

/** `id(…)` says on its own that such a service is in the trace. */
export function readId(reader: TokenReader, accountId: string): Predicate {
  reader.expect('(');
  const isIt = readIdMembers(reader, accountId);
  return ({ trace, scope }) => scope.some((segment) => isIt(ofSegment(trace, segment)));
}

function readServiceId(reader: TokenReader, accountId: string): Predicate {
  if (reader.takeIf('ID')) {
    reader.expect('(');
    return readIdMembers(reader, accountId);
  }
  const name = reader.expectString();
  return ({ segment }) => serviceNameOf(segment) === name;
}

const ID_MEMBERS = ['name', 'type', 'account.id'] as const;

/** Reads the text that follows the opening parenthesis of `id(`. */
function readIdMembers(reader: TokenReader, accountId: string): Predicate {
  const wanted = new Map<string, string>();
  do {
    const member = ID_MEMBERS.find((name) => reader.takeIf(name.toUpperCase()));
    if (member === undefined) throw reader.unexpected('name:, type: or account.id:');
    reader.expect(':');
    wanted.set(member, reader.expectString());
  } while (reader.takeIf(','));
  reader.expect(')');
  const is = (member: string, value: string | undefined) => (wanted.get(member) ?? value) === value;
  return ({ segment }) =>
    is('name', serviceNameOf(segment)) && is('type', serviceTypeOf(segment)) && is('account.id', accountId);
}

function readBraces(reader: TokenReader, readFilter: () => Predicate): Predicate {
  if (!reader.takeIf('{')) return () => true;
  if (reader.takeIf('}')) return () => true;
  const filter = readFilter();
  reader.expect('}');
  return filter;
}
