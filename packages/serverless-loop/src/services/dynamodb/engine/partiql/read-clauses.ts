import { malformed } from './malformed.ts';
import { readPath } from './read-term.ts';
import type { Assignment, Clauses, Expression, Returning, Selected, Source } from './syntax.ts';
import type { TokenReader } from './token-reader.ts';

/** The statement at whose first word the reader stands. */
export function readStatement(reader: TokenReader): Clauses {
  const { text } = reader.take();
  switch (text) {
    case 'select':
      return readSelect(reader);
    case 'insert into':
      return readInsert(reader);
    case 'update':
      return readUpdate(reader);
    case 'delete':
      return readDelete(reader);
    case 'from':
      return readUpdateByFrom(reader);
    default:
      throw malformed('Expected data manipulation');
  }
}

function readSelect(reader: TokenReader): Clauses {
  const unsupported: { clause: string; token: Expression['token'] }[] = [];
  const first = reader.head;
  if (reader.takesWord('distinct')) unsupported.push({ clause: 'DISTINCT', token: first });
  else reader.takesWord('all');
  const list = reader.list(() => readSelected(reader));
  if (!reader.takesWord('from')) throw malformed('Expected FROM after SELECT list');
  const sources = reader.list(() => readSource(reader, () => reader.expression(6)));
  const where = readWhere(reader);
  const orderBy = readOrderBy(reader);
  for (const clause of ['group', 'having', 'limit'])
    if (reader.takesWord(clause)) {
      if (clause === 'group') reader.expectWord('by');
      const [of] = reader.list(() => reader.expression(6));
      if (of)
        unsupported.push({ clause: clause === 'group' ? 'GROUP BY' : clause.toUpperCase(), token: of.token });
    }
  return { kind: 'select', list, sources, orderBy, unsupported, ...(where && { where }) };
}

function readSelected(reader: TokenReader): Selected {
  const token = reader.head;
  if (reader.takesSymbol('*')) return { expression: { kind: 'star', token }, isAliased: false };
  return { expression: reader.expression(), isAliased: readAlias(reader) };
}

function readAlias(reader: TokenReader): boolean {
  const hasAs = reader.takesWord('as');
  if (hasAs && !reader.isName()) throw malformed('Expected identifier for AS-alias');
  if (!reader.isName()) return false;
  reader.take();
  return true;
}

function readSource(reader: TokenReader, readOf: () => Expression): Source {
  return { of: readOf(), isAliased: readAlias(reader) };
}

function readWhere(reader: TokenReader): Expression | undefined {
  return reader.takesWord('where') ? reader.expression() : undefined;
}

function readOrderBy(reader: TokenReader): { by: Expression; descending: boolean }[] {
  if (!reader.takesWord('order')) return [];
  reader.expectWord('by');
  return reader.list(() => {
    const by = reader.expression();
    const descending = reader.takesWord('desc');
    if (!descending) reader.takesWord('asc');
    return { by, descending };
  });
}

function readInsert(reader: TokenReader): Clauses {
  const table = readPath(reader);
  if (!reader.takesWord('value')) {
    reader.expression();
    throw malformed('Unexpected token after expression');
  }
  return { kind: 'insert', table, value: reader.expression(), returning: readReturning(reader) };
}

function readUpdate(reader: TokenReader): Clauses {
  const source = readSource(reader, () => readPath(reader));
  const assignments = readAssignments(reader);
  const where = readWhere(reader);
  return { kind: 'update', source, assignments, returning: readReturning(reader), ...(where && { where }) };
}

/** `FROM "T" WHERE … SET …`, which is an UPDATE. */
function readUpdateByFrom(reader: TokenReader): Clauses {
  const source = readSource(reader, () => reader.expression());
  const where = readWhere(reader);
  const assignments = readAssignments(reader);
  return { kind: 'update', source, assignments, returning: readReturning(reader), ...(where && { where }) };
}

function readDelete(reader: TokenReader): Clauses {
  if (!reader.takesWord('from')) throw malformed('Expected FROM after DELETE');
  const source = readSource(reader, () => readPath(reader));
  const where = readWhere(reader);
  return { kind: 'delete', source, returning: readReturning(reader), ...(where && { where }) };
}

function readAssignments(reader: TokenReader): Assignment[] {
  const assignments: Assignment[] = [];
  while (reader.isWord('set', 'remove')) {
    if (reader.take().text === 'set') assignments.push(...reader.list(() => readSet(reader)));
    else assignments.push({ kind: 'remove', path: readPath(reader) });
  }
  if (assignments.length === 0) throw malformed('Expected data manipulation');
  return assignments;
}

function readSet(reader: TokenReader): Assignment {
  const path = readPath(reader);
  if (!reader.takesSymbol('=')) throw malformed("Expected '='");
  return { kind: 'set', path, value: reader.expression() };
}

function readReturning(reader: TokenReader): Returning[] {
  if (!reader.takesWord('returning')) return [];
  return reader.list(() => {
    if (!reader.isWord('all old', 'all new', 'modified old', 'modified new'))
      throw malformed('Expected ( MODIFIED | ALL ) ( NEW | OLD ) in each returning element.');
    const mapping = reader.take().text;
    const token = reader.head;
    return { mapping, of: reader.takesSymbol('*') ? { kind: 'star', token } : reader.expression() };
  });
}
