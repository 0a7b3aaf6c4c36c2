import {
  benchCommand,
  growth,
  http,
  latency,
  memory,
  reload,
  rules,
  scale,
  sources,
  start,
  tables,
  throughput,
} from 'serverless-loop/bench';
import { bundle } from './figures/bundle.ts';

await benchCommand([
  start,
  latency,
  throughput,
  reload,
  growth,
  memory,
  tables,
  bundle,
  rules,
  sources,
  http,
  scale,
]);
