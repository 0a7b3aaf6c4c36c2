import {
  benchCommand,
  console,
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
  console,
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
