import type { Place } from '../../../aws/arn.ts';
import type { JsonObject } from '../../../aws/json-object.ts';
import { ownModels } from '../../../template/stack-models.ts';
import { idOf } from '../definition/id.ts';

/** A custom domain name of API Gateway. */
export interface DomainModel {
  logicalId: string;
  /** `api.example.com`, or `*.example.com`. */
  name: string;
  /** Settings in the words of API Gateway's first API; nobody connects by TLS here, so that they are kept and shown. */
  settings: JsonObject;
  /** Epoch milliseconds, where a call has made it. */
  createdAt?: number;
}

/** A base path of a domain that leads to an API: a base path mapping, or an API mapping, which may have several levels. */
export interface MappingModel {
  logicalId: string;
  /** Its id. */
  name: string;
  domainName: string;
  /** Without slashes at its ends; empty for every path that no other mapping takes. */
  basePath: string;
  apiId: string;
  /** Absent where the caller says it behind the base path. */
  stage?: string;
}

export const DOMAIN_TYPES = ['AWS::ApiGateway::DomainName', 'AWS::ApiGatewayV2::DomainName'] as const;
export const MAPPING_TYPES = ['AWS::ApiGateway::BasePathMapping', 'AWS::ApiGatewayV2::ApiMapping'] as const;

export const domainsOf = ownModels<DomainModel>(...DOMAIN_TYPES);

export const mappingsOf = ownModels<MappingModel>(...MAPPING_TYPES);

/** "API mappings must contain only letters, numbers, and the following characters: $-_.+!*'()/", 300 at most (API Gateway guide, "Map API stages to a custom domain name for HTTP APIs"). */
export const BASE_PATH = /^[\w$\-.+!*'()/]{0,300}$/;

/** At least two labels, the last one of letters: no address, and no name of this machine. */
export const DOMAIN_NAME = /^(?:\*\.)?(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/i;

/** The word of API Gateway's first API for the base path of a mapping that has none (API Gateway API reference, "GetBasePathMapping"). */
export const NO_BASE_PATH = '(none)';

/** The id that follows from what a mapping is of. */
export function mappingIdOf(domainName: string, basePath: string): string {
  return idOf(`${domainName}/${basePath}`, 6);
}

/** AWS's own names of a domain, to which DNS records lead, with their hosted zones. */
export function targetsOf(name: string, { region, partition }: Place) {
  const id = idOf(`domain ${name}`);
  const suffix = partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';
  return {
    regionalDomainName: `d-${id}.execute-api.${region}.${suffix}`,
    regionalHostedZoneId: ZONES[region] ?? `Z${idOf(`zone ${region}`).toUpperCase()}`,
    distributionDomainName: `d${id}.cloudfront.net`,
    distributionHostedZoneId: CLOUDFRONT_ZONE,
  };
}

export function domainArn(name: string, { region, partition }: Place): string {
  return `arn:${partition}:apigateway:${region}::/domainnames/${name}`;
}

/** CloudFront's, for every distribution (template reference, "AWS::Route53::RecordSet AliasTarget", HostedZoneId). */
const CLOUDFRONT_ZONE = 'Z2FDTNDATAQYW2';

/** AWS General Reference, "Amazon API Gateway endpoints and quotas"; of a region that is not here it follows from its name. */
const ZONES: Readonly<Record<string, string>> = {
  'us-east-1': 'Z1UJRXOUMOOFQ8',
  'us-east-2': 'ZOJJZC49E0EPZ',
  'us-west-1': 'Z2MUQ32089INYE',
  'us-west-2': 'Z2OJLYMUO9EFXC',
  'af-south-1': 'Z2DHW2332DAMTN',
  'ap-east-1': 'Z3FD1VL90ND7K5',
  'ap-south-1': 'Z3VO1THU9YC4UR',
  'ap-northeast-1': 'Z1YSHQZHG15GKL',
  'ap-northeast-2': 'Z20JF4UZKIW1U8',
  'ap-southeast-1': 'ZL327KTPIQFUL',
  'ap-southeast-2': 'Z2RPCDW04V8134',
  'ca-central-1': 'Z19DQILCV0OWEC',
  'eu-central-1': 'Z1U9ULNL0V5AJ3',
  'eu-north-1': 'Z3UWIKFBOOGXPP',
  'eu-south-1': 'Z3BT4WSQ9TDYZV',
  'eu-west-1': 'ZLY8HYME6SFDD',
  'eu-west-2': 'ZJ5UAJN8Y3Z2Q',
  'eu-west-3': 'Z3KY65QIEKYHQQ',
  'me-south-1': 'Z20ZBPC0SS8806',
  'sa-east-1': 'ZCMLWB8V5SYIT',
};
