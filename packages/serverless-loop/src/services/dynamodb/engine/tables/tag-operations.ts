import { DynamoDbError, validationError } from '../dynamodb-error.ts';
import type { EngineParts, Operation } from '../operations/engine-parts.ts';
import type { Members } from '../requests/members.ts';
import { readRequest } from '../requests/read-request.ts';
import { asText } from '../requests/shapes.ts';
import { checkTags, readTags } from './read-tags.ts';
import type { Table } from './table.ts';

const TABLE_ARN = /^arn:[^:]+:dynamodb:([^:]*):([^:]*):table\/[^/]+$/;

export const tagResource: Operation = (parts, input) => {
  const { arn, tags } = readRequest(input, (members) => {
    const arn = readArn(members);
    members.require('Tags');
    return { arn, tags: readTags(members) ?? [] };
  });
  const table = taggedTable(parts, arn);
  if (tags.length === 0) throw validationError('Atleast one Tag needs to be provided as Input.');
  checkTags(tags);
  const others = table.settings.tags.filter(({ Key }) => !tags.some((tag) => tag.Key === Key));
  checkTags([...others, ...tags]);
  parts.tables.change(table, { ...table.settings, tags: [...others, ...tags] });
  return {};
};

export const untagResource: Operation = (parts, input) => {
  const { arn, keys } = readRequest(input, (members) => {
    const arn = readArn(members);
    members.require('TagKeys');
    return { arn, keys: members.list('TagKeys', {}, asText) ?? [] };
  });
  const table = taggedTable(parts, arn);
  if (keys.length === 0) throw validationError('Atleast one Tag Key needs to be provided as Input.');
  parts.tables.change(table, {
    ...table.settings,
    tags: table.settings.tags.filter(({ Key }) => !keys.includes(Key)),
  });
  return {};
};

export const listTagsOfResource: Operation = (parts, input) => {
  const arn = readRequest(input, (members) => {
    members.text('NextToken');
    return readArn(members);
  });
  return { Tags: taggedTable(parts, arn).settings.tags };
};

/** Without one, AWS has words of its own (dynalite's records of AWS: test/tagResource.js). */
export function readArn(members: Members): string {
  const arn = members.text('ResourceArn', { maxLength: 1283 });
  if (arn === undefined || arn === '') throw validationError('Invalid TableArn: ResourceArn is required');
  return arn;
}

/** An ARN of another account is none that the caller may read (nubo-db/dynamodb-conformance, tests/tier2/tags). */
export function taggedTable({ tables, place }: EngineParts, arn: string): Table {
  const [, region, accountId] = TABLE_ARN.exec(arn) ?? [];
  if (!arn.startsWith('arn:')) throw validationError(`Invalid TableArn: ARNs must start with 'arn:': ${arn}`);
  if (region === undefined) {
    throw validationError(`Invalid TableArn: Invalid ResourceArn provided as input ${arn}`);
  }
  if (region !== place.region || accountId !== place.accountId) {
    throw new DynamoDbError(
      'AccessDeniedException',
      `User is not authorized to perform this operation on resource: ${arn}`,
    );
  }
  const table = tables.find(arn);
  if (table) return table;
  throw new DynamoDbError(
    'ResourceNotFoundException',
    `Requested resource not found: ResourcArn: ${arn} not found`,
  );
}
