import { zipOf } from '../../zip.ts';
import { Base64Bytes, type Members, textIn, type WireClient } from '../contract.ts';

export type Call = WireClient['output'];

/** A kind of resource of Terraform, and the calls that its provider makes for one, as hashicorp/terraform-provider-aws, internal/service/<service>, has them in its version 6. */
export interface TerraformResource {
  kind: string;
  create(call: Call): Promise<Members>;
  /** The provider's read: at the end of each apply, and before each plan. Gets what `create` has returned. */
  read(call: Call, made: Members): Promise<void>;
  /** Reads that are refused while nothing is set: the provider knows these codes. */
  unset?(made: Members): [service: string, operation: string, input: Members, code: string][];
  update?(call: Call, made: Members): Promise<void>;
  remove(call: Call, made: Members): Promise<void>;
  /** The read that tells the provider that it is gone, and its code. */
  gone(made: Members): [service: string, operation: string, input: Members, code: string];
}

const ACCOUNT = '000000000000';
export const REGION = 'eu-west-1';
export const arn = (service: string, name: string) => `arn:aws:${service}:${REGION}:${ACCOUNT}:${name}`;
export const document = (Statement: object) => JSON.stringify({ Version: '2012-10-17', Statement });

export const trustedBy = (service: string) =>
  document({ Effect: 'Allow', Principal: { Service: `${service}.amazonaws.com` }, Action: 'sts:AssumeRole' });

/** The role that others of these resources name. */
export const ROLE = `arn:aws:iam::${ACCOUNT}:role/terraform`;

export const zip = (text: string) =>
  new Base64Bytes(zipOf([{ name: 'index.js', contents: `exports.handler = async () => '${text}';` }]));
export const code = (name: string) => ({
  ...{ FunctionName: name, Role: ROLE, Runtime: 'nodejs24.x', Handler: 'index.handler' },
  ...{ Code: { ZipFile: zip('one') }, Timeout: 3, MemorySize: 128, PackageType: 'Zip' },
  Tags: { team: 'one' },
});

export async function waitWhile(isPending: () => Promise<boolean>): Promise<void> {
  while (await isPending()) await new Promise((resolve) => setTimeout(resolve, 5));
}

export function active(call: Call, TableName: unknown): Promise<void> {
  return waitWhile(async () => {
    const { Table } = await call('dynamodb', 'DescribeTable', { TableName });
    return textIn(Table, 'TableStatus') !== 'ACTIVE';
  });
}
