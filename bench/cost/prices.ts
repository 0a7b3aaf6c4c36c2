/** AWS's price for one unit. */
export interface Price {
  usd: number;
  /** The unit that `usd` buys one of. */
  unit: string;
  region: string;
  /** The day on which AWS published the price list, as far as known. */
  date: string;
  /** The list or page that the figure belongs to. */
  source: string;
  /** The place where it was read, when that was a copy by somebody else: check it at the source before you rely on it. */
  readIn?: string;
}

/** A line of one version of a service's price list for Ireland; the version is the time it was published. */
const offer = (service: string, version: string, readIn: string, usd: number, unit: string): Price => ({
  usd,
  unit,
  region: 'eu-west-1',
  date: `${version.slice(0, 4)}-${version.slice(4, 6)}-${version.slice(6, 8)}`,
  source: `https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/${service}/${version}/eu-west-1/index.json`,
  readIn,
});

const RATES_COPY =
  'https://github.com/henderjm/world-cup-sweepstake/blob/57a6d34883744a028d2b1555e70a692265a47f49/docs/costs/aws-ireland-rates.json';
const ARM_COPY =
  'https://github.com/mamtha4u/SDLC/blob/45b7bae453281a7599bcbe863f7e547e2fd5e1ef/backend/config/pricing_eu-west-1.json';
const LAMBDA = '20261001184746';
const DYNAMODB = '20260911124422';
const CLOUDWATCH = '20260922021715';

/** First tier, no free tier, no savings plan, no tax. */
export const PRICES = {
  lambdaRequest: offer('AWSLambda', LAMBDA, ARM_COPY, 0.000_000_2, 'request'),
  lambdaArmGbSecond: offer('AWSLambda', LAMBDA, ARM_COPY, 0.000_013_333_4, 'GB-second, arm64'),
  writeRequestUnit: offer('AmazonDynamoDB', DYNAMODB, RATES_COPY, 0.000_000_705, 'write request unit'),
  tableGbMonth: offer('AmazonDynamoDB', DYNAMODB, RATES_COPY, 0.283, 'GB-month of table'),
  recoveryGbMonth: offer('AmazonDynamoDB', DYNAMODB, RATES_COPY, 0.22, 'GB-month of point-in-time recovery'),
  logGb: offer('AmazonCloudWatch', CLOUDWATCH, RATES_COPY, 0.57, 'GB of log lines taken in'),
  logGbMonth: offer('AmazonCloudWatch', CLOUDWATCH, RATES_COPY, 0.03, 'GB-month of log lines'),
  customEvent: {
    usd: 0.000_001,
    unit: 'custom event of up to 64 KB',
    region: 'us-east-1',
    date: '2026-03-13',
    source: 'https://aws.amazon.com/eventbridge/pricing/',
    readIn: 'https://cloudburn.io/blog/amazon-eventbridge-pricing',
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
