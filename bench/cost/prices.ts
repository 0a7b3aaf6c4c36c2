/** What AWS asks for one unit. */
export interface Price {
  usd: number;
  /** What `usd` buys one of. */
  unit: string;
  region: string;
  /** When AWS published the price list, as far as known. */
  date: string;
  source: string;
}

/** A line of one version of a service's price list for Ireland; the version is the time it was published. */
const offer = (service: string, version: string, usd: number, unit: string): Price => ({
  usd,
  unit,
  region: 'eu-west-1',
  date: `${version.slice(0, 4)}-${version.slice(4, 6)}-${version.slice(6, 8)}`,
  source: `https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/${service}/${version}/eu-west-1/index.json`,
});

const LAMBDA = '20261001184746';
const DYNAMODB = '20260911124422';
const CLOUDWATCH = '20260922021715';

/** First tier, no free tier, no savings plan, no tax. */
export const PRICES = {
  lambdaRequest: offer('AWSLambda', LAMBDA, 0.000_000_2, 'request'),
  lambdaArmGbSecond: offer('AWSLambda', LAMBDA, 0.000_013_333_4, 'GB-second, arm64'),
  writeRequestUnit: offer('AmazonDynamoDB', DYNAMODB, 0.000_000_705, 'write request unit'),
  tableGbMonth: offer('AmazonDynamoDB', DYNAMODB, 0.283, 'GB-month of table'),
  recoveryGbMonth: offer('AmazonDynamoDB', DYNAMODB, 0.22, 'GB-month of point-in-time recovery'),
  logGb: offer('AmazonCloudWatch', CLOUDWATCH, 0.57, 'GB of log lines taken in'),
  logGbMonth: offer('AmazonCloudWatch', CLOUDWATCH, 0.03, 'GB-month of log lines'),
  customEvent: {
    usd: 0.000_001,
    unit: 'custom event of up to 64 KB',
    region: 'us-east-1',
    date: '2025-10-28',
    source: 'https://aws.amazon.com/eventbridge/pricing/',
  },
  trace: {
    usd: 0.000_005,
    unit: 'trace recorded',
    region: 'any',
    date: 'no date',
    source: 'https://aws.amazon.com/xray/pricing/',
  },
} as const satisfies Record<string, Price>;

export type Priced = keyof typeof PRICES;
