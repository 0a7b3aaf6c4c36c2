import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { isObject, type JsonObject } from '../../../aws/json-object.ts';
import type { DataFlow } from './data-flow.ts';
import { itemsIn, readerError } from './item-formats.ts';
import { integerField } from './map-numbers.ts';
import type { ObjectCall } from './object-port.ts';
import { StateError } from './state-error.ts';
import type { Step } from './step.ts';

/** Reads the items that an ItemReader names. Rejects with StateError. */
export type ReadItems = () => Promise<readonly unknown[]>;

/** The reader of a Map; undefined for one that takes its items from its input. Rejects with StateError. */
export async function itemReader(step: Step, input: unknown, flow: DataFlow): Promise<ReadItems | undefined> {
  const { ItemReader } = step.state.fields;
  if (!isObject(ItemReader)) return undefined;
  const config = await configOf(step, ItemReader, flow);
  const given = ItemReader.Parameters ?? ItemReader.Arguments ?? {};
  const parameters = await flow.fill(step, given, 'ItemReader', input, step.context);
  const action = String(ItemReader.Resource).split(':').at(-1);
  return async () => {
    const { MaxItems = 0 } = config;
    if (Number(MaxItems) < 0) throw readerError('field MaxItems must be positive');
    const items = await itemsFrom(step, {
      action,
      config,
      parameters: isObject(parameters) ? parameters : {},
    });
    return Number(MaxItems) > 0 ? items.slice(0, Number(MaxItems)) : items;
  };
}

async function configOf(step: Step, { ReaderConfig }: JsonObject, flow: DataFlow): Promise<JsonObject> {
  if (!isObject(ReaderConfig)) return {};
  const config: JsonObject = {};
  for (const name of [
    'InputType',
    'CSVHeaderLocation',
    'CSVHeaders',
    'CSVDelimiter',
    'ItemsPointer',
    'ManifestType',
  ])
    config[name] = await flow.field(step, ReaderConfig, name);
  config.MaxItems = await integerField(step, ReaderConfig, 'MaxItems', flow);
  return config;
}

interface Source {
  action: string | undefined;
  config: JsonObject;
  parameters: JsonObject;
}

async function itemsFrom(step: Step, { action, config, parameters }: Source): Promise<unknown[]> {
  const { tools, context, signal } = step;
  const call: ObjectCall = { context, signal };
  try {
    if (action === 'listObjectsV2') return (await tools.objects.list(parameters, call)).map(listedItem);
    const text = (await tools.objects.read(parameters, call)).toString();
    return config.InputType === 'MANIFEST' ? await manifestItems(step, text, call) : itemsIn(text, config);
  } catch (error) {
    if (!(error instanceof StateError) || error.error === 'States.ItemReaderFailed') throw error;
    throw readerError(error.causeText ?? '');
  }
}

/** As LocalStack's record "test_map_item_reader_base_list_objects_v2" of AWS has it: `Etag`, and times in seconds. */
function listedItem({ ETag, LastModified, Key, Size, StorageClass }: JsonObject): JsonObject {
  return { Etag: ETag, LastModified: Math.floor(Number(LastModified) / 1_000), Key, Size, StorageClass };
}

/** The objects that an inventory of S3 lists in its files (S3 User Guide, "Locating your inventory list"). */
async function manifestItems({ tools }: Step, text: string, call: ObjectCall): Promise<JsonObject[]> {
  const manifest: unknown = JSON.parse(text);
  const { fileSchema, files, destinationBucket, fileFormat } = Object(manifest);
  if (fileFormat !== 'CSV' || !Array.isArray(files))
    throw readerError('The loop reads inventories of the format CSV alone.');
  const CSVHeaders = String(fileSchema)
    .split(',')
    .map((name) => name.trim());
  const Bucket = String(destinationBucket).replace(/^arn:[^:]*:s3:::/, '');
  const items: JsonObject[] = [];
  for (const { key } of files.filter(isObject)) {
    const bytes = await tools.objects.read({ Bucket, Key: String(key) }, call);
    const source = String(key).endsWith('.gz') ? await promisify(gunzip)(bytes) : bytes;
    const found = itemsIn(source.toString(), { InputType: 'CSV', CSVHeaderLocation: 'GIVEN', CSVHeaders });
    items.push(...found.filter(isObject));
  }
  return items;
}
