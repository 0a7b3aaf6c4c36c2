import type { KeyAttributes } from '../expressions/key-range.ts';

/** A table but for its items, as it is kept: JSON. */
export interface TableSettings {
  readonly name: string;
  readonly id: string;
  readonly arn: string;
  /** Epoch seconds, as all times here. */
  readonly createdAt: number;
  readonly status: 'CREATING' | 'ACTIVE' | 'UPDATING' | 'DELETING';
  readonly attributes: readonly AttributeDefinition[];
  readonly keySchema: readonly KeySchemaElement[];
  readonly billingMode?: BillingMode;
  /** Since when it is on demand. */
  readonly onDemandSince?: number;
  readonly throughput: Throughput;
  readonly onDemandThroughput?: OnDemandThroughput;
  readonly warmThroughput?: WarmThroughput;
  readonly globalIndexes: readonly GlobalIndexSettings[];
  readonly localIndexes: readonly IndexSettings[];
  readonly stream?: StreamSettings;
  /** Of a stream that was switched off, too. */
  readonly latestStream?: { readonly arn: string; readonly label: string };
  readonly deletionProtection: boolean;
  readonly tableClass?: TableClass;
  readonly tableClassSince?: number;
  readonly encryption?: Encryption;
  readonly timeToLive?: { readonly attribute: string };
  readonly tags: readonly Tag[];
  readonly pointInTimeRecovery?: { readonly days: number; readonly since: number };
}

export interface AttributeDefinition {
  readonly AttributeName: string;
  readonly AttributeType: 'S' | 'N' | 'B';
}

export interface KeySchemaElement {
  readonly AttributeName: string;
  readonly KeyType: 'HASH' | 'RANGE';
}

export type BillingMode = 'PROVISIONED' | 'PAY_PER_REQUEST';
export type TableClass = 'STANDARD' | 'STANDARD_INFREQUENT_ACCESS';

export interface Throughput {
  readonly ReadCapacityUnits: number;
  readonly WriteCapacityUnits: number;
  readonly NumberOfDecreasesToday: number;
  readonly LastIncreaseDateTime?: number;
  readonly LastDecreaseDateTime?: number;
}

export interface OnDemandThroughput {
  readonly MaxReadRequestUnits?: number;
  readonly MaxWriteRequestUnits?: number;
}

export interface WarmThroughput {
  readonly ReadUnitsPerSecond: number;
  readonly WriteUnitsPerSecond: number;
}

export interface Projection {
  readonly ProjectionType: 'ALL' | 'INCLUDE' | 'KEYS_ONLY';
  readonly NonKeyAttributes?: readonly string[];
}

export interface IndexSettings {
  readonly name: string;
  readonly keySchema: readonly KeySchemaElement[];
  readonly projection: Projection;
}

export interface GlobalIndexSettings extends IndexSettings {
  readonly status: 'CREATING' | 'ACTIVE' | 'UPDATING' | 'DELETING';
  readonly throughput: Throughput;
  readonly onDemandThroughput?: OnDemandThroughput;
  readonly warmThroughput?: WarmThroughput;
}

export type StreamViewType = 'NEW_IMAGE' | 'OLD_IMAGE' | 'NEW_AND_OLD_IMAGES' | 'KEYS_ONLY';

export interface StreamSettings {
  readonly viewType: StreamViewType;
  readonly arn: string;
  readonly label: string;
}

export interface Encryption {
  readonly type: 'KMS';
  readonly keyArn: string;
}

export interface Tag {
  readonly Key: string;
  readonly Value: string;
}

/** The attributes of a key with their types. Every one of them is defined: CreateTable and UpdateTable see to it. */
export function keyAttributes(
  keySchema: readonly KeySchemaElement[],
  definitions: readonly AttributeDefinition[],
): KeyAttributes {
  const typeOf = (name: string) =>
    definitions.find(({ AttributeName }) => AttributeName === name)?.AttributeType ?? 'S';
  const ofKind = (kind: 'HASH' | 'RANGE') =>
    keySchema
      .filter(({ KeyType }) => KeyType === kind)
      .map(({ AttributeName }) => ({ name: AttributeName, type: typeOf(AttributeName) }));
  return { hash: ofKind('HASH'), range: ofKind('RANGE') };
}
