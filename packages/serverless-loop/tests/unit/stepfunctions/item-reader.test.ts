import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { StateError } from '../../../src/services/stepfunctions/interpreter/state-error.ts';
import { executed } from './executed.ts';

const READ = 'arn:aws:states:::s3:getObject';

/** Maps over what the objects hold; the output is the list of the items. */
function read(
  ItemReader: object,
  objects: Readonly<Record<string, string | Buffer>>,
  { input = {}, more = {} }: { input?: unknown; more?: object } = {},
) {
  const definition = {
    StartAt: 'M',
    States: {
      M: {
        Type: 'Map',
        ItemReader: { Resource: READ, Parameters: { Bucket: 'b', 'Key.$': '$.key' }, ...ItemReader },
        ItemProcessor: {
          ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
          StartAt: 'P',
          States: { P: { Type: 'Pass', End: true } },
        },
        End: true,
        ...more,
      },
    },
  };
  return executed(
    definition,
    { key: 'file', ...Object(input) },
    {
      objects: {
        async read({ Key }) {
          const body = objects[String(Key)];
          if (body === undefined)
            throw new StateError('S3.NoSuchKeyException', 'The specified key does not exist.');
          return Buffer.from(body);
        },
        list: async ({ Prefix }) => [
          {
            Key: `${Prefix}a`,
            ETag: '"e"',
            LastModified: Date.parse('2026-11-28T10:00:00Z'),
            Size: 3,
            StorageClass: 'STANDARD',
          },
        ],
      },
    },
  );
}

const CSV = 'A,B\n1,2\n"x, ""y""\nz",\n4,5,6\n   \n';

// The rules of records are those of LocalStack's records "test_map_item_reader_*" of AWS, v2/scenarios/test_base_scenarios.snapshot.json.
test('a record of CSV has a member for each header: what it lacks is empty, what has no header is left out', async () => {
  const { output } = await read(
    { ReaderConfig: { InputType: 'CSV', CSVHeaderLocation: 'FIRST_ROW' } },
    { file: CSV },
  );
  expect(output).toEqual([
    { A: '1', B: '2' },
    { A: 'x, "y"\nz', B: '' },
    { A: '4', B: '5' },
    { A: '   ', B: '' },
  ]);
});

test('headers may be given, and fields divided by another character', async () => {
  const ReaderConfig = {
    InputType: 'CSV',
    CSVHeaderLocation: 'GIVEN',
    CSVHeaders: ['H'],
    CSVDelimiter: 'PIPE',
  };
  expect((await read({ ReaderConfig }, { file: 'a|b\r\nc\r\n' })).output).toEqual([{ H: 'a' }, { H: 'c' }]);
});

test('headers that are there twice fail the run, and then the Map', async () => {
  const { events, error, cause } = await read(
    { ReaderConfig: { InputType: 'CSV', CSVHeaderLocation: 'GIVEN', CSVHeaders: ['H', 'H'] } },
    { file: 'a,b' },
  );
  expect({ error, cause }).toEqual({
    error: 'States.ItemReaderFailed',
    cause: 'CSV headers cannot contain duplicates.',
  });
  expect(events.map(({ type }) => type)).toEqual([
    'ExecutionStarted',
    'MapStateEntered',
    'MapStateStarted',
    'MapRunStarted',
    'MapRunFailed',
    'MapStateFailed',
    'ExecutionFailed',
  ]);
  expect(events[2]?.details?.value).toEqual({ length: 0 });
});

test('JSON must be a list, or have one where the pointer leads', async () => {
  const ReaderConfig = { InputType: 'JSON' };
  expect((await read({ ReaderConfig }, { file: '[1,2]' })).output).toEqual([1, 2]);
  expect(await read({ ReaderConfig }, { file: '{"a":1}' })).toMatchObject({
    error: 'States.ItemReaderFailed',
    cause: 'Attempting to map over non-iterable node.',
  });
  // Step Functions guide, "ItemReader (Map)", "ItemsPointer".
  const pointed = { ReaderConfig: { InputType: 'JSON', ItemsPointer: '/a~1b/0' } };
  expect((await read(pointed, { file: '{"a/b":[[7,8]]}' })).output).toEqual([7, 8]);
});

test('each line of JSONL is an item', async () => {
  const { output } = await read({ ReaderConfig: { InputType: 'JSONL' } }, { file: '{"a":1}\n\n{"a":2}\n' });
  expect(output).toEqual([{ a: 1 }, { a: 2 }]);
});

test('an inventory leads to the lists of its objects (S3 User Guide, "Locating your inventory list")', async () => {
  const manifest = {
    fileFormat: 'CSV',
    fileSchema: 'Bucket, Key, Size',
    destinationBucket: 'arn:aws:s3:::lists',
    files: [{ key: 'data/1.csv.gz', size: 1 }],
  };
  const { output } = await read(
    { ReaderConfig: { InputType: 'MANIFEST' } },
    { file: JSON.stringify(manifest), 'data/1.csv.gz': gzipSync('"b","k","12"\n') },
  );
  expect(output).toEqual([{ Bucket: 'b', Key: 'k', Size: '12' }]);
});

test('objects of a bucket are items themselves', async () => {
  const ItemReader = {
    Resource: 'arn:aws:states:::s3:listObjectsV2',
    Parameters: { Bucket: 'b', Prefix: 'p/' },
  };
  expect((await read(ItemReader, {})).output).toEqual([
    { Etag: '"e"', Key: 'p/a', LastModified: 1795860000, Size: 3, StorageClass: 'STANDARD' },
  ]);
});

// The records "test_map_item_reader_csv_max_items_paths".
test.each([
  [0, { output: [1, 2, 3] }],
  [2, { output: [1, 2] }],
  [-1, { error: 'States.ItemReaderFailed', cause: 'field MaxItems must be positive' }],
  [
    1.5,
    {
      error: 'States.Runtime',
      cause: `An error occurred while executing the state 'M' (entered at the event id #2). The MaxItemsPath field refers to value "1.5" which is not a valid integer: $.most`,
    },
  ],
])('of %d items at most', async (most, expected) => {
  const ReaderConfig = { InputType: 'JSON', MaxItemsPath: '$.most' };
  const found = await read({ ReaderConfig }, { file: '[1,2,3]' }, { input: { most } });
  expect(found).toMatchObject(expected);
  // No run has begun that could fail.
  if (most === 1.5)
    expect(found.events.map(({ type }) => type).slice(-2)).toEqual(['MapStateStarted', 'ExecutionFailed']);
});

test('an object that can not be read fails the Map by the error that catchers ask for', async () => {
  const Catch = [{ ErrorEquals: ['States.ItemReaderFailed'], ResultPath: '$.why', Next: 'C' }];
  const { output } = await executed(
    {
      StartAt: 'M',
      States: {
        M: {
          Type: 'Map',
          ItemReader: { Resource: READ, Parameters: { Bucket: 'b', Key: 'gone' } },
          ItemProcessor: {
            ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
            StartAt: 'P',
            States: { P: { Type: 'Pass', End: true } },
          },
          Catch,
          End: true,
        },
        C: { Type: 'Succeed' },
      },
    },
    {},
    {
      objects: {
        read: () =>
          Promise.reject(new StateError('S3.NoSuchKeyException', 'The specified key does not exist.')),
      },
    },
  );
  expect(output).toEqual({
    why: { Error: 'States.ItemReaderFailed', Cause: 'The specified key does not exist.' },
  });
});
