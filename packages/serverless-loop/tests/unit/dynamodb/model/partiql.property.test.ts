import fc from 'fast-check';
import { test } from 'vitest';
import { evaluate } from '../../../../src/services/dynamodb/engine/expressions/evaluate.ts';
import { readPartiql } from '../../../../src/services/dynamodb/engine/partiql/read-partiql.ts';
import { anyText } from '../../../any-text.ts';
import { runsOf } from '../../../matrix.ts';
import { item } from './arbitrary-values.ts';
import { condition, holds } from './conditions.ts';
import { Parameters, print } from './printed.ts';

test('a WHERE holds for the items that the model keeps', () => {
  fc.assert(
    fc.property(condition, fc.array(item, { minLength: 1, maxLength: 5 }), (of, items) => {
      const parameters = new Parameters();
      const text = print(of, parameters);
      const statement = readPartiql(`SELECT * FROM T WHERE ${text}`, parameters.values);
      if (statement.kind !== 'select' || !statement.where) throw new Error('No condition');
      const { where } = statement;
      for (const one of items)
        if (evaluate(where, one) !== holds(of, one))
          throw new Error(`${text} of ${JSON.stringify([parameters.values, one])} isn't ${holds(of, one)}`);
    }),
    { numRuns: runsOf(2_000) },
  );
});

test('no text ends the reader otherwise than by a refusal', () => {
  const word = fc.constantFrom(
    ...'SELECT,*,FROM,T,"T","i",WHERE,a,b,=,<>,<,AND,OR,NOT,IN,(,),[,],{,},<<,>>,:,\',\',1,1.5e3,?,IS,MISSING'.split(
      ',',
    ),
    ...[
      'IS NOT NULL',
      'BETWEEN',
      'size(',
      'begins_with(',
      "'x'",
      'INSERT INTO',
      'VALUE',
      'UPDATE',
      'SET',
      'REMOVE',
    ],
    ...[
      'DELETE FROM',
      'RETURNING',
      'ALL OLD',
      '.',
      ',',
      ';',
      'EXISTS(',
      'ORDER BY',
      'set_add(',
      '-',
      '--\n',
      '/*',
    ],
  );
  const text = fc.oneof(
    fc.array(word, { maxLength: 30 }).map((words) => words.join(' ')),
    anyText(),
  );
  fc.assert(
    fc.property(text, (statement) => {
      try {
        readPartiql(statement);
      } catch (error) {
        if (!(error instanceof Error && error.name === 'ValidationException')) throw error;
      }
    }),
    { numRuns: runsOf(10_000) },
  );
});
